import * as generated from 'ans-document-fr-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../generated/manifest.json' with { type: 'json' };
import { buildModel } from '../../generator/model/build.js';
import type { ProfileModel } from '../../generator/model/model.js';
import type { ManifestProfile } from '../../generator/render/manifest.js';
import type { Parsed } from '../../templates/runtime/parse.js';
import { constructedGuide } from '../mutation/constructed-profiles.js';
import { jsonOf } from '../../generator/sample/node.js';
import { contextOf } from '../../generator/sample/spec.js';
import { pinnedSnapshot } from '../mutation/subject.js';
import { validInstances } from '../mutation/synthesize.js';
import { openWorkspace } from '../mutation/workspace.js';
import { rendered } from '../rendered.js';
import { diagnose } from './compile.js';
import { validStudy } from './study.js';
import type { Json } from '../../generator/fhir/json.js';

/** The generated guide, and the constructed one, which has derived profiles that real guides rarely have. */
const pinned = contextOf(buildModel(pinnedSnapshot()));
const constructed = buildModel(constructedGuide());
const output = await rendered(constructed);
const workspace = openWorkspace(output.files);
afterAll(() => workspace.close());

/** The members of the manifest's entry for a profile that these tests use. */
type Profile = Omit<ManifestProfile, 'kind'> & { readonly kind: string };

interface Guide {
  readonly name: string;
  readonly module: string;
  readonly profiles: readonly Profile[];
  readonly models: readonly ProfileModel[];
}

const GUIDES: readonly Guide[] = [
  {
    name: 'the generated guide',
    module: 'ans-document-fr-core',
    profiles: manifest.profiles,
    models: pinned.model.profiles,
  },
  {
    name: 'the constructed guide',
    module: `${workspace.generated}/index.js`,
    profiles: output.manifest.profiles,
    models: constructed.profiles,
  },
];

/** A profile and one of its base profiles. */
interface Pair {
  readonly derived: string;
  readonly parent: string;
}

function pairsOf(profiles: readonly Profile[], models: readonly ProfileModel[]): Pair[] {
  const named = new Map(profiles.map((profile) => [profile.url, profile.exports.interface]));
  return models.flatMap(({ url, ancestors }) => {
    const derived = named.get(url);
    return ancestors.flatMap((ancestor): Pair[] => {
      const parent = named.get(ancestor);
      return derived === undefined || parent === undefined ? [] : [{ derived, parent }];
    });
  });
}

/** Lines whose assignments must compile, or must not. */
type Lines = Readonly<Record<'types' | 'entries' | 'parents' | 'narrowed', readonly string[]>>;

/** Errors by group and index of the line, from one program that imports all interfaces of a guide. */
function errorsOf(
  module: string,
  profiles: readonly Profile[],
  lines: Lines,
): Record<keyof Lines, Map<number, string>> {
  const names = profiles.map((profile) => profile.exports.interface).join(', ');
  const head = [
    `import type { ${names} } from '${module}';`,
    "import type * as fhir4 from 'fhir/r4.js';",
    'export type All = [' + names + ', fhir4.Element];',
  ];
  const none = (): Map<number, string> => new Map();
  const errors = { types: none(), entries: none(), parents: none(), narrowed: none() };
  const places = (['types', 'entries', 'parents', 'narrowed'] as const).flatMap((group) =>
    lines[group].map((_, index) => ({ group, index })),
  );
  const text = [...head, ...lines.types, ...lines.entries, ...lines.parents, ...lines.narrowed].join('\n');
  for (const { line, message } of diagnose(text)) {
    const place = places[line - head.length];
    if (place === undefined) throw new Error(message);
    errors[place.group].set(place.index, message);
  }
  return errors;
}

describe.each(GUIDES)('types of $name', ({ module, profiles, models }) => {
  const pairs = pairsOf(profiles, models);
  const resources = profiles.filter((profile) => profile.kind === 'resource');
  const isResource = new Set(resources.map((profile) => profile.exports.interface));
  const narrowed = pairs.filter(({ derived }) => isResource.has(derived));
  let errors: ReturnType<typeof errorsOf>;
  beforeAll(() => {
    errors = errorsOf(module, profiles, {
      types: profiles.map(
        ({ exports, type }) =>
          `export const of${exports.interface} = (value: ${exports.interface}): fhir4.${type} => value;`,
      ),
      entries: resources.map(
        ({ exports }) =>
          `export const in${exports.interface} = (resource: ${exports.interface}): fhir4.Bundle => ({ resourceType: 'Bundle', type: 'collection', entry: [{ resource }] });`,
      ),
      parents: pairs.map(
        ({ derived, parent }) => `export const ${derived}As${parent} = (value: ${derived}): ${parent} => value;`,
      ),
      narrowed: narrowed.map(
        ({ derived, parent }) => `export const ${parent}As${derived} = (value: ${parent}): ${derived} => value;`,
      ),
    });
  });

  it('are assignable to those of @types/fhir', () => {
    expect([...errors.types.values()]).toEqual([]);
  });

  it('are assignable to the resource of a Bundle entry', () => {
    expect([...errors.entries.values()]).toEqual([]);
  });

  it('are assignable to the types of their base profiles', () => {
    expect(pairs.length).toBeGreaterThan(0);
    expect([...errors.parents.values()]).toEqual([]);
  });

  it('are not assignable to the types of derived profiles', () => {
    expect(narrowed.filter((_, index) => !errors.narrowed.has(index))).toEqual([]);
  });
});

/** The exports of an index, by name. */
const exported = new Map<string, unknown>(Object.entries(generated));

function call(name: string, value: unknown): unknown {
  const found = exported.get(name);
  if (typeof found !== 'function') throw new Error(`${name} is not exported`);
  return (found as (value: unknown) => unknown)(value);
}

/** The value after JSON.stringify and parse. */
function returned(profile: Profile, value: unknown): unknown {
  const parsed = call(profile.exports.create.replace('create', 'parse'), JSON.stringify(value)) as Parsed<unknown>;
  return parsed.ok ? parsed.value : parsed.issues;
}

describe('JSON.stringify and parse return an equal value', () => {
  it('for a study', () => {
    const study = generated.createFRImagingStudyDocument(
      validStudy() as unknown as generated.FRImagingStudyDocumentInput,
    );
    const parsed = generated.parseFRImagingStudyDocument(JSON.stringify(study));
    expect(parsed).toEqual({ ok: true, value: study, issues: [] });
  });

  it.each(manifest.profiles.map((profile) => ({ ...profile, title: profile.exports.interface })))(
    'for instances of $title',
    (profile) => {
      const model = pinned.profiles.get(profile.url);
      if (model === undefined) throw new Error(`no model of ${profile.url}`);
      const synthesis = validInstances(model, pinned);
      const instances = synthesis.instances.map((instance): Json => jsonOf(instance.root));
      // A profile that contradicts itself has no instances.
      expect(instances.length + synthesis.contradictions.length).toBeGreaterThan(0);
      for (const instance of instances) {
        expect(returned(profile, instance)).toEqual(instance);
        // The result of `create` is a valid input of `create`.
        const made = call(profile.exports.create, instance);
        expect(returned(profile, made)).toEqual(made);
        expect(call(profile.exports.create, made)).toEqual(made);
        // A complete input is only extended by the claim of the profile.
        expect(Object.assign({}, made, { meta: undefined })).toEqual(Object.assign({}, instance, { meta: undefined }));
      }
    },
  );
});

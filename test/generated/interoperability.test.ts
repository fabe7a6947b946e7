import * as generated from 'ans-document-fr-core';
import { afterAll, describe, expect, it } from 'vitest';
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
import { type Diagnosed, diagnose } from './compile.js';
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

/** The errors for lines of a program that imports all interfaces of a guide. */
function errorsFor(module: string, profiles: readonly Profile[], lines: readonly string[]): Diagnosed[] {
  const names = profiles.map((profile) => profile.exports.interface).join(', ');
  const head = [
    `import type { ${names} } from '${module}';`,
    "import type * as fhir4 from 'fhir/r4.js';",
    'export type All = [' + names + ', fhir4.Element];',
  ];
  return diagnose([...head, ...lines].join('\n'));
}

describe.each(GUIDES)('types of $name', ({ module, profiles, models }) => {
  const pairs = pairsOf(profiles, models);
  const resources = profiles.filter((profile) => profile.kind === 'resource');

  it('are assignable to those of @types/fhir', () => {
    const lines = profiles.map(
      ({ exports, type }) =>
        `export const of${exports.interface} = (value: ${exports.interface}): fhir4.${type} => value;`,
    );
    expect(errorsFor(module, profiles, lines)).toEqual([]);
  });

  it('are assignable to the resource of a Bundle entry', () => {
    const lines = resources.map(
      ({ exports }) =>
        `export const of${exports.interface} = (resource: ${exports.interface}): fhir4.Bundle => ({ resourceType: 'Bundle', type: 'collection', entry: [{ resource }] });`,
    );
    expect(errorsFor(module, profiles, lines)).toEqual([]);
  });

  it('are assignable to the types of their base profiles', () => {
    expect(pairs.length).toBeGreaterThan(0);
    const lines = pairs.map(
      ({ derived, parent }) => `export const ${derived}As${parent} = (value: ${derived}): ${parent} => value;`,
    );
    expect(errorsFor(module, profiles, lines)).toEqual([]);
  });

  it('are not assignable to the types of derived profiles', () => {
    const isResource = new Set(resources.map((profile) => profile.exports.interface));
    const narrowed = pairs.filter(({ derived }) => isResource.has(derived));
    const lines = narrowed.map(
      ({ derived, parent }) => `export const ${parent}As${derived} = (value: ${parent}): ${derived} => value;`,
    );
    const rejected = new Set(errorsFor(module, profiles, lines).map(({ line }) => line - 3));
    expect(narrowed.filter((_, index) => !rejected.has(index))).toEqual([]);
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

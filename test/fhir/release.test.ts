import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readAssets } from '../../generator/assets.js';
import { concreteTypes, releaseOfVersion } from '../../generator/fhir/release.js';
import { runtimeFiles } from '../../generator/render/runtime-files.js';
import { BACKWARD as R4_BACKWARD } from '../../templates/runtime/backward.js';
import { severityOf } from '../../templates/runtime/issue.js';
import { english } from '../../templates/runtime/messages.js';
import { BACKWARD as R5_BACKWARD } from '../../templates/runtime-r5/backward.js';

interface Definition {
  readonly type: string;
  readonly kind: string;
  readonly abstract: boolean;
  readonly derivation?: string;
  readonly extension?: readonly { readonly url: string; readonly valueUri?: string }[];
}

/** The types that a core package defines. */
function typesOf(name: string): readonly Definition[] {
  const folder = fileURLToPath(new URL(`../../node_modules/${name}/`, import.meta.url));
  return readdirSync(folder)
    .filter((file) => file.startsWith('StructureDefinition-'))
    .map((file) => JSON.parse(readFileSync(folder + file, 'utf8')) as Definition)
    .filter(({ derivation }) => derivation === 'specialization');
}

const R5 = typesOf('hl7.fhir.r5.core');

describe('a release of FHIR', () => {
  it.each([
    ['hl7.fhir.r4b.core', '4.3.0'],
    ['hl7.fhir.r5.core', '5.0.0'],
  ])('has the resource types that the runtime for %s lists', async (name, version) => {
    const { runtime, releases } = await readAssets();
    const text = runtimeFiles(runtime, releases, version).get('resource-types.ts') ?? '';
    const list = text.slice(text.indexOf('new Set('));
    const known = new Set([...list.matchAll(/'(\w[\w ]*)'/g)].flatMap(([, names = '']) => names.trim().split(' ')));
    const types = (version === '5.0.0' ? R5 : typesOf(name)).filter((one) => one.kind === 'resource' && !one.abstract);
    expect(types.map(({ type }) => type).filter((type) => !known.has(type))).toEqual([]);
    // The runtime has one list for R4 and R4B.
    if (version === '5.0.0') expect(known.size).toBe(types.length);
  });

  it('R5 has abstract resource types, each with the types that implement it', () => {
    const implementing = (name: string): string[] =>
      R5.filter(({ extension = [] }) =>
        extension.some(
          ({ url, valueUri }) =>
            url.endsWith('structuredefinition-implements') && valueUri?.endsWith(`/${name}`) === true,
        ),
      ).map(({ type }) => type);
    const metadata = implementing('MetadataResource');
    const canonical = implementing('CanonicalResource').flatMap((type) =>
      type === 'MetadataResource' ? metadata : type,
    );
    expect([...concreteTypes('MetadataResource')].sort()).toEqual(metadata.sort());
    expect([...concreteTypes('CanonicalResource')].sort()).toEqual(canonical.sort());
    expect(concreteTypes('Patient')).toEqual(['Patient']);
  });

  it('R5 has primitive types that are all checked, and R4 has no integer64', async () => {
    const { runtime, releases } = await readAssets();
    const primitives = runtimeFiles(runtime, releases, '5.0.0').get('primitive.ts') ?? '';
    const names = R5.filter(({ kind }) => kind === 'primitive-type').map(({ type }) => type);
    expect(names.filter((name) => !new RegExp(`\\[\\s*'${name}'`).test(primitives))).toEqual([]);
    expect(runtimeFiles(runtime, releases, '4.0.1').get('primitive.ts')).not.toMatch(/integer64/);
  });

  it('R5 allows entries that refer to a document, R4 only a Provenance', () => {
    expect([R4_BACKWARD, R5_BACKWARD].map(severityOf)).toEqual(['warning', 'information']);
    const texts = [R4_BACKWARD, R5_BACKWARD].map((name) => english.texts[name]);
    expect(texts).toEqual([expect.stringContaining('Provenance'), expect.not.stringContaining('Provenance')]);
  });

  it('is found by its version', () => {
    expect(releaseOfVersion('4.0.1')?.name).toBe('R4');
    expect(releaseOfVersion('4.3.0')?.types).toBe('fhir/r4b.js');
    expect(releaseOfVersion('5.0.0')?.core).toEqual({ name: 'hl7.fhir.r5.core', version: '5.0.0' });
    expect(releaseOfVersion('3.0.2')).toBeUndefined();
  });
});

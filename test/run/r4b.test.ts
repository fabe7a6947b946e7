import { beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../generator/config/config.js';
import { oneLine } from '../../generator/errors.js';
import { generateFrom, type PackageResult } from '../../generator/index.js';
import type { GeneratedFile } from '../../generator/render/file.js';
import { verify } from '../../generator/verify/verify.js';
import { folderOfTests } from '../folders.js';
import { cacheWith, codes, profile, valueSet } from '../hostile/guide.js';
import { canonical } from '../model/sample.js';

let fhirCache = '';
beforeAll(() => {
  fhirCache = cacheWith(
    {
      'r4b.example#1.0.0': [
        profile({
          id: 'observed',
          elements: [
            {
              id: 'Observation.method',
              min: 1,
              max: '1',
              binding: { strength: 'required', valueSet: valueSet('ways') },
            },
            {
              id: 'Observation.subject',
              min: 1,
              max: '1',
              types: [{ code: 'Reference', targetProfiles: [canonical('person')] }],
            },
          ],
        }),
        profile({ id: 'person', type: 'Patient', elements: [{ id: 'Patient.birthDate', min: 1, max: '1' }] }),
        profile({ id: 'packed', type: 'Bundle' }),
        profile({ id: 'imaged', type: 'ImagingStudy', elements: [{ id: 'ImagingStudy.series', min: 1, max: '*' }] }),
        ...codes('ways', [{ code: 'a', display: 'One way' }]),
      ],
    },
    'hl7.fhir.r4b.core#4.3.0',
  );
});

async function generated(more: Config = {}): Promise<PackageResult> {
  const config: Config = { packages: ['r4b.example#1.0.0'], offline: true, fhirCache, ...more };
  const { packages } = await generateFrom(config, { folder: folderOfTests(), write: false });
  const [result] = packages;
  if (result === undefined) throw new Error('nothing was generated');
  return result;
}

function textOf(files: readonly GeneratedFile[], path: string): string {
  return files.find((file) => file.path === path)?.content ?? '';
}

describe('a package for FHIR R4B', { timeout: 120_000 }, () => {
  it('is generated on the types of R4B, compiles, and names its release', async () => {
    const result = await generated();
    if (result.error !== undefined) throw result.error;
    const { files, manifest, failed } = result;
    expect(failed).toEqual([]);
    expect(manifest.fhirVersion).toBe('4.3.0');
    expect(manifest.profiles.map(({ name }) => name).sort()).toEqual(['imaged', 'observed', 'packed', 'person']);
    expect(textOf(files, 'README.md')).toContain('FHIR 4.3.0');
    expect(textOf(files, 'r4b.example/observed.ts')).toContain("import type * as fhir4 from '../runtime/fhir.js';");
    expect(textOf(files, 'runtime/fhir.ts')).toContain("from 'fhir/r4b.js';");
    expect(files.filter(({ content }) => content.includes('fhir/r4.js'))).toEqual([]);
    expect(await verify(files)).toEqual([]);
    const user = {
      path: 'user.ts',
      content: `import type { Observation } from 'fhir/r4b.js';
import { type Observed, isObserved } from './index.js';
const observed: Observed = {
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  method: { coding: [{ system: 'https://example.org/CodeSystem/ways', code: 'a' }] },
  subject: { reference: 'Patient/1' },
};
export const plain: Observation = observed;
export const wrong: Observed = { ...observed, status: 'done' };
export const checked: boolean = isObserved(plain);
`,
    };
    expect(await verify([...files, user])).toMatchObject([
      { path: 'user.ts', message: expect.stringContaining('done') },
    ]);
  });

  it('is rejected in one line on base types that have R4 only', async () => {
    const { error } = await generated({ baseTypes: '@medplum/fhirtypes' });
    expect(oneLine(error)).toBe(
      'r4b.example#1.0.0: @medplum/fhirtypes has the types of FHIR R4 only, not of 4.3.0: use @types/fhir',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import { failure, offline } from './loading.js';
import { cacheOf, structureDefinition, valueSet } from './workspace.js';

describe('FHIR versions', () => {
  const withSd = (fhirVersion: string) => ({
    'StructureDefinition-a.json': structureDefinition('http://example.org/a', { fhirVersion }),
  });
  const bare = { name: 'g', version: '1.0.0' };

  it.each([['4.0.1'], ['4.0.0'], ['4.0'], ['5.0.0', '4.0.1']])('accepts %s', async (...fhirVersions) => {
    await expect(offline('g#1.0.0', cacheOf({ ...bare, fhirVersions }))).resolves.toBeDefined();
  });

  it.each([
    [['5.0.0'], 'g#1.0.0: it is made for FHIR 5.0.0;'],
    [['3.0.2'], 'g#1.0.0: it is made for FHIR 3.0.2;'],
    [['1.0.2', '3.0.1'], 'g#1.0.0: it is made for FHIR 1.0.2, 3.0.1;'],
    [['6.0.0-ballot2'], 'g#1.0.0: it is made for FHIR 6.0.0-ballot2;'],
  ])('refuses %s in one line', async (fhirVersions, line) => {
    expect(await failure(offline('g#1.0.0', cacheOf({ ...bare, fhirVersions })))).toContain(line);
  });

  it('asks the definitions when package.json says nothing', async () => {
    const silent = { ...bare, fhirVersions: [] };
    await expect(offline('g#1.0.0', cacheOf({ ...silent, files: withSd('4.0.1') }))).resolves.toBeDefined();
    await expect(offline('g#1.0.0', cacheOf(silent))).resolves.toBeDefined();
    expect(await failure(offline('g#1.0.0', cacheOf({ ...silent, files: withSd('5.0.0') })))).toContain('FHIR 5.0.0');
    const onR5 = { ...silent, dependencies: { 'hl7.fhir.r5.core': '5.0.0' } };
    expect(await failure(offline('g#1.0.0', cacheOf(onR5)))).toContain('FHIR 5.0.0');
  });

  it('uses the terminology of a dependency for R5, and none of its StructureDefinitions', async () => {
    const r5 = {
      name: 'r5',
      version: '1.0.0',
      fhirVersions: ['5.0.0'],
      files: { ...withSd('5.0.0'), 'ValueSet-v.json': valueSet('http://example.org/v') },
    };
    const { definitions, warnings } = await offline('g#1.0.0', cacheOf({ ...bare, dependencies: { r5: '1.0.0' } }, r5));
    expect(definitions.packages[1]?.resources.map(({ resourceType }) => resourceType)).toEqual(['ValueSet']);
    expect(warnings.map(oneLine)).toEqual([
      'r5#1.0.0: 1 StructureDefinition(s) for another release of FHIR left out; the terminology is used',
    ]);
  });
});

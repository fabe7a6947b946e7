import { describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import { failure, offline } from './loading.js';
import { definition, structureDefinition } from '../guide/definitions.js';
import { cacheOf } from './workspace.js';

describe('FHIR versions', () => {
  const withSd = (fhirVersion: string) => ({
    'StructureDefinition-a.json': structureDefinition('http://example.org/a', { fhirVersion }),
  });
  const bare = { name: 'g', version: '1.0.0' };

  it.each([['4.0.1'], ['4.0.0'], ['4.0'], ['3.0.2', '4.0.1']])('accepts %s', async (...fhirVersions) => {
    await expect(offline('g#1.0.0', cacheOf({ ...bare, fhirVersions }))).resolves.toBeDefined();
  });

  it.each([
    [['3.0.2'], 'g#1.0.0: it is made for FHIR 3.0.2 (STU3); only packages for R4 (4.0.x), R4B (4.3.x) and R5 (5.0.x)'],
    [['1.0.2', '3.0.1'], 'g#1.0.0: it is made for FHIR 1.0.2 (DSTU2), 3.0.1 (STU3);'],
    [['6.0.0-ballot2'], 'g#1.0.0: it is made for FHIR 6.0.0-ballot2 (R6);'],
  ])('rejects %s in one line', async (fhirVersions, line) => {
    expect(await failure(offline('g#1.0.0', cacheOf({ ...bare, fhirVersions })))).toContain(line);
  });

  it('is taken from the definitions if package.json does not give it', async () => {
    const silent = { ...bare, fhirVersions: [] };
    await expect(offline('g#1.0.0', cacheOf({ ...silent, files: withSd('4.0.1') }))).resolves.toBeDefined();
    await expect(offline('g#1.0.0', cacheOf(silent))).resolves.toBeDefined();
    expect(await failure(offline('g#1.0.0', cacheOf({ ...silent, files: withSd('3.0.2') })))).toContain('FHIR 3.0.2');
    const onStu3 = { ...silent, dependencies: { 'hl7.fhir.r3.core': '3.0.2' } };
    expect(await failure(offline('g#1.0.0', cacheOf(onStu3)))).toContain('FHIR 3.0.2');
  });

  it('rejects a package of logical models in one line', async () => {
    const logical = structureDefinition('http://hl7.org/cda/a', { kind: 'logical', fhirVersion: '5.0.0' });
    const cda = { ...bare, files: { 'StructureDefinition-a.json': logical } };
    expect(await failure(offline('g#1.0.0', cacheOf(cda)))).toBe(
      "g#1.0.0: all of its 1 StructureDefinitions are logical models, such as those of CDA; only profiles of FHIR's " +
        'resources and datatypes are supported.',
    );
  });

  const core = (release: string, version: string) => ({
    name: `hl7.fhir.${release}.core`,
    version,
    fhirVersions: [version],
  });

  it('selects the core package of R5 for a guide for R5, in addition to its dependencies', async () => {
    const guide = { ...bare, fhirVersions: ['5.0.0'], dependencies: { 'hl7.fhir.r4.core': '4.0.1' } };
    const { definitions, warnings } = await offline('g#1.0.0', cacheOf(guide, core('r5', '5.0.0')));
    expect(definitions.packages.map(({ name }) => name)).toEqual(['g', 'hl7.fhir.r5.core']);
    expect(warnings.map(oneLine)).toEqual([
      'hl7.fhir.r4.core#4.0.1: the package is for R5, but depends on this: hl7.fhir.r5.core#5.0.0 is read instead',
    ]);
  });

  it('R5 allows terminology of dependencies for R4, but none of their StructureDefinitions', async () => {
    const r5 = {
      name: 'r5',
      version: '1.0.0',
      fhirVersions: ['5.0.0'],
      files: { ...withSd('5.0.0'), 'ValueSet-v.json': definition('ValueSet', 'http://example.org/v') },
    };
    const { definitions, warnings } = await offline('g#1.0.0', cacheOf({ ...bare, dependencies: { r5: '1.0.0' } }, r5));
    expect(definitions.packages[1]?.resources.map(({ resourceType }) => resourceType)).toEqual(['ValueSet']);
    expect(warnings.map(oneLine)).toEqual([
      'r5#1.0.0: 1 StructureDefinition(s) for another release of FHIR than R4 left out; the terminology is used',
    ]);
  });
});

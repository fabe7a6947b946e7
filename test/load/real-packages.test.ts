import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CanonicalLookup } from '../../generator/fhir/canonical-lookup.js';
import { labelsOf, offline } from './loading.js';

const CACHE = join(import.meta.dirname, '../../../shared/fhir-cache');
const PACKAGES = join(import.meta.dirname, '../../../shared/fhir-packages');

describe.skipIf(!existsSync(CACHE))('published packages (skipped where ../shared/fhir-cache is not there)', () => {
  it('are loaded with their dependencies, and missing packages are reported once', async () => {
    const loaded = await offline('ans.document.fr.core#0.1.0', CACHE);
    expect(labelsOf(loaded)).toEqual([
      'ans.document.fr.core#0.1.0',
      'hl7.fhir.r4.core#4.0.1',
      'ans.fr.terminologies#1.11.1',
      'hl7.fhir.fr.core#2.1.0',
      'ans.fhir.fr.annuaire#1.2.0-snapshot-1',
      'hl7.fhir.uv.fhir-clinical-document#1.0.0',
      'hl7.terminology.r4#6.0.2',
      'ans.fr.nos#1.3.0',
      'hl7.fhir.uv.extensions.r4#5.3.0',
      'hl7.fhir.uv.xver-r5.r4#0.1.0',
    ]);
    expect(loaded.definitions.packages.map(({ resources }) => resources.length)).toEqual([
      91, 3032, 158, 119, 54, 8, 5, 58, 3, 5,
    ]);
    expect(loaded.definitions.missing.map(({ name, version }) => `${name}#${version}`)).toEqual([
      'hl7.fhir.uv.extensions.r4#5.1.0',
      'ans.fr.terminologies#1.10.0',
      'hl7.terminology.r4#5.5.0',
    ]);
    expect(loaded.warnings).toHaveLength(loaded.definitions.missing.length);
    const lookup = new CanonicalLookup(loaded.definitions);
    const patient = lookup.find('StructureDefinition', 'http://hl7.org/fhir/StructureDefinition/Patient|4.0.1');
    expect(patient).toMatchObject({ package: { name: 'hl7.fhir.r4.core' }, isRequestedVersion: true });
  });

  it.skipIf(!existsSync(PACKAGES)).each([
    ['hl7.fhir.fr.core-2.1.0.tgz', 'hl7.fhir.fr.core#2.1.0', 119],
    ['hl7.fhir.fr.core-2.2.0.tgz', 'hl7.fhir.fr.core#2.2.0', 141],
    ['hl7.fhir.us.core-6.1.0.tgz', 'hl7.fhir.us.core#6.1.0', 100],
    ['hl7.fhir.us.core-7.0.0.tgz', 'hl7.fhir.us.core#7.0.0', 97],
    ['ans.fhir.fr.document-core', 'ans.fhir.fr.document-core#0.1.0', 21],
  ])('are read completely: %s', async (path, label, definitions) => {
    const loaded = await offline(join(PACKAGES, path), CACHE);
    expect(labelsOf(loaded)[0]).toBe(label);
    expect(loaded.definitions.root.resources).toHaveLength(definitions);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import type { GeneratedFile } from '../../generator/render/file.js';
import { verifyModels } from '../verified.js';
import {
  bound,
  canonical,
  constructedSnapshot,
  fixed,
  pattern,
  type Sketch,
  slicedBy,
  valueSet,
} from '../mutation/constructed.js';
import { rendered } from '../rendered.js';

const S = 'https://example.org/s';

const SKETCHES: readonly Sketch[] = [
  {
    name: 'Town',
    type: 'Extension',
    edits: {
      'Extension.url': fixed('Uri', canonical('Town')),
      'Extension.extension': { max: '0' },
      'Extension.value[x]': { min: 1, types: [{ code: 'string' }] },
    },
  },
  {
    name: 'Place',
    type: 'Extension',
    edits: {
      'Extension.url': fixed('Uri', canonical('Place')),
      'Extension.extension': { max: '0' },
      'Extension.value[x]': { min: 1, types: [{ code: 'Address' }] },
      'Extension.value[x].extension': slicedBy('value', 'url'),
      'Extension.value[x].extension:town': { max: '1', types: [{ code: 'Extension', profiles: [canonical('Town')] }] },
    },
  },
  {
    name: 'Origin',
    type: 'Extension',
    edits: {
      'Extension.url': fixed('Uri', canonical('Origin')),
      'Extension.extension': { max: '0' },
      'Extension.value[x]': {
        min: 1,
        types: [{ code: 'Reference', targetProfiles: ['http://hl7.org/fhir/StructureDefinition/Resource'] }],
      },
    },
  },
  {
    name: 'Sample',
    type: 'Patient',
    edits: {
      'Patient.extension': slicedBy('value', 'url'),
      'Patient.extension:place': { max: '1', types: [{ code: 'Extension', profiles: [canonical('Place')] }] },
      'Patient.extension:origin': { max: '1', types: [{ code: 'Extension', profiles: [canonical('Origin')] }] },
      'Patient.extension:origin.value[x]': {
        min: 1,
        types: [{ code: 'Reference', targetProfiles: ['http://hl7.org/fhir/StructureDefinition/Person'] }],
      },
      'Patient.maritalStatus': bound('codes'),
      'Patient.maritalStatus.extension': slicedBy('value', 'url'),
      'Patient.maritalStatus.extension:town': {
        max: '1',
        types: [{ code: 'Extension', profiles: [canonical('Town')] }],
      },
      'Patient.maritalStatus.coding': { min: 1, max: '1' },
      'Patient.maritalStatus.coding.system': { min: 1 },
      'Patient.communication.language': {
        ...bound('codes'),
        ...pattern('CodeableConcept', { coding: [{ system: S }] }),
      },
    },
  },
];

let files: readonly GeneratedFile[];

beforeAll(async () => {
  const model = buildModel(constructedSnapshot(SKETCHES, [valueSet('codes', { [S]: ['a', 'b'] })]));
  ({ files } = await rendered(model));
});

/** The compiler errors of a program that calls `create` with an input. */
async function findings(input: string): Promise<readonly string[]> {
  const content = `import { createSample } from './index.js';\ncreateSample(${input});\n`;
  const found = await verifyModels([...files, { path: 'program.ts', content }]);
  return found.map(({ path, message }) => `${path}: ${message}`);
}

describe('the input of create', { timeout: 120_000 }, () => {
  it.each([
    ['the bare value of an extension with slices', `{ extension: { place: { extension: { town: 'Lyon' } } } }`],
    [
      'a concept with slices and a code of its binding',
      `{ maritalStatus: { extension: { town: 'x' }, coding: [{ system: '${S}', code: 'a' }] } }`,
    ],
    [
      'a concept with a code, whose system is a pattern',
      `{ communication: [{ language: { coding: [{ system: '${S}', code: 'b' }] } }] }`,
    ],
    [
      'a target of a reference that the extension profile leaves open',
      `{ extension: { origin: { valueReference: { reference: 'Person/1' } } } }`,
    ],
  ])('accepts %s', async (_, input) => {
    expect(await findings(input)).toEqual([]);
  });

  it.each([
    [
      'a code outside the binding of a concept with slices',
      `{ maritalStatus: { extension: { town: 'x' }, coding: [{ system: '${S}', code: 'c' }] } }`,
    ],
    [
      'a code outside the binding of a concept whose system is a pattern',
      `{ communication: [{ language: { coding: [{ system: '${S}', code: 'c' }] } }] }`,
    ],
    ['a concept without the code of its required binding', `{ communication: [{ language: {} }] }`],
    ['another target', `{ extension: { origin: { valueReference: { reference: 'Device/1' } } } }`],
  ])('rejects %s', async (_, input) => {
    expect(await findings(input)).toEqual([expect.stringContaining('program.ts')]);
  });
});

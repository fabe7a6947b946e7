import { beforeAll, describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import { generate } from '../../generator/generate.js';
import { buildModel } from '../../generator/model/build.js';
import type { ElementModel } from '../../generator/model/model.js';
import { readAssets } from '../../generator/assets.js';
import type { Finding } from '../../generator/verify/verify.js';
import { verifyModels } from '../verified.js';
import { canonical, profileNamed, type SampleElement, type SampleProfile, sampleSnapshot } from './sample.js';

/** Profiles that contradict FHIR or themselves, with the expected warning. */
const INVALID: readonly {
  readonly name: string;
  readonly type: string;
  readonly elements: readonly SampleElement[];
  readonly element: string;
  readonly warning: string;
}[] = [
  {
    name: 'WiderMin',
    type: 'Observation',
    elements: [{ id: 'Observation.code', min: 0 }],
    element: 'Observation.code',
    warning: '0..1 contradicts the 1..1 of FHIR: 1..1 is used',
  },
  {
    name: 'WiderMinBelow',
    type: 'Observation',
    elements: [{ id: 'Observation.component.code', min: 0 }],
    element: 'Observation.component.code',
    warning: '0..1 contradicts the 1..1 of FHIR: 1..1 is used',
  },
  {
    name: 'WiderMax',
    type: 'Patient',
    elements: [{ id: 'Patient.birthDate', max: '*' }],
    element: 'Patient.birthDate',
    warning: '0..* contradicts the 0..1 of FHIR: 0..1 is used',
  },
  {
    name: 'ProhibitsRequired',
    type: 'Observation',
    elements: [{ id: 'Observation.code', min: 0, max: '0' }],
    element: 'Observation.code',
    warning: '0..0 contradicts the 1..1 of FHIR: 1..1 is used',
  },
  {
    name: 'MinAboveMax',
    type: 'Patient',
    elements: [{ id: 'Patient.name', min: 2, max: '1' }],
    element: 'Patient.name',
    warning: 'at least 2 required, at most 1 allowed: no instance can be valid',
  },
  {
    name: 'FixedCode',
    type: 'Observation',
    elements: [{ id: 'Observation.status', fixed: { type: 'Code', value: 'completed' } }],
    element: 'Observation.status',
    warning:
      'its code "completed" is not in http://hl7.org/fhir/ValueSet/observation-status: ' +
      'no instance that has this element can be valid',
  },
  {
    name: 'PatternCode',
    type: 'Patient',
    elements: [{ id: 'Patient.gender', pattern: { type: 'Code', value: 'm' } }],
    element: 'Patient.gender',
    warning:
      'its code "m" is not in http://hl7.org/fhir/ValueSet/administrative-gender: ' +
      'no instance that has this element can be valid',
  },
  {
    name: 'WrongJsonType',
    type: 'Patient',
    elements: [{ id: 'Patient.birthDate', fixed: { type: 'Integer', value: 1970 } }],
    element: 'Patient.birthDate',
    warning: 'its value 1970 is not a date: no instance that has this element can be valid',
  },
  {
    name: 'CrowdedSlices',
    type: 'Patient',
    elements: [
      {
        id: 'Patient.name',
        max: '1',
        slicing: { discriminators: [{ type: 'value', path: 'use' }], rules: 'open' },
      },
      ...['usual', 'official'].flatMap((use): SampleElement[] => [
        { id: `Patient.name:${use}`, sliceName: use, min: 1, max: '1' },
        { id: `Patient.name:${use}.use`, max: '1', fixed: { type: 'Code', value: use } },
      ]),
    ],
    element: 'Patient.name',
    warning: 'its slices require 2, at most 1 allowed: no instance that has this element can be valid',
  },
  {
    name: 'ClosedSlices',
    type: 'Patient',
    elements: [
      {
        id: 'Patient.name',
        min: 2,
        slicing: { discriminators: [{ type: 'value', path: 'use' }], rules: 'closed' },
      },
      { id: 'Patient.name:usual', sliceName: 'usual', min: 0, max: '1' },
      { id: 'Patient.name:usual.use', max: '1', fixed: { type: 'Code', value: 'usual' } },
    ],
    element: 'Patient.name',
    warning: 'at least 2 required, its slices have room for 1: no instance can be valid',
  },
  {
    name: 'TwoValues',
    type: 'Patient',
    elements: [
      {
        id: 'Patient.maritalStatus',
        pattern: { type: 'CodeableConcept', value: { coding: [{ system: 'urn:s', code: 'M' }] } },
      },
      { id: 'Patient.maritalStatus.coding', min: 1 },
      { id: 'Patient.maritalStatus.coding.system', min: 1, max: '1', fixed: { type: 'Uri', value: 'urn:t' } },
    ],
    element: 'Patient.maritalStatus.coding.system',
    warning: 'it must have the value "urn:t" and the value "urn:s": no instance that has this element can be valid',
  },
  {
    name: 'SliceOfAnother',
    type: 'Patient',
    elements: [
      { id: 'Patient.name', slicing: { discriminators: [{ type: 'value', path: 'use' }], rules: 'open' } },
      { id: 'Patient.name.text', max: '1', fixed: { type: 'String', value: 'x' } },
      { id: 'Patient.name:usual', sliceName: 'usual', min: 0, max: '1' },
      { id: 'Patient.name:usual.use', max: '1', fixed: { type: 'Code', value: 'usual' } },
      { id: 'Patient.name:usual.text', max: '1', fixed: { type: 'String', value: 'y' } },
    ],
    element: 'Patient.name:usual.text',
    warning: 'it must have the value "y" and the value "x": no instance that has this element can be valid',
  },
  {
    name: 'SliceWithoutRequired',
    type: 'Patient',
    elements: [
      { id: 'Patient.name', slicing: { discriminators: [{ type: 'value', path: 'use' }], rules: 'open' } },
      { id: 'Patient.name.text', min: 1, max: '1' },
      { id: 'Patient.name:usual', sliceName: 'usual', min: 0, max: '1' },
      { id: 'Patient.name:usual.use', max: '1', fixed: { type: 'Code', value: 'usual' } },
      { id: 'Patient.name:usual.text', min: 0, max: '0' },
    ],
    element: 'Patient.name:usual',
    warning: 'its text is required, and the slice allows 0: no item can be in the slice',
  },
  {
    name: 'StrayQuote',
    type: 'Endpoint',
    elements: [{ id: 'Endpoint.payloadMimeType', fixed: { type: 'Code', value: 'application/dicom"' } }],
    element: 'Endpoint.payloadMimeType',
    warning: 'its value "application/dicom\\"" begins or ends with a stray quote or space: it is copied unchanged',
  },
];

const VALID: SampleProfile = { name: 'Valid', type: 'Patient', elements: [{ id: 'Patient.birthDate', min: 1 }] };

const snapshot = sampleSnapshot([...INVALID, VALID]);

describe('profiles that no instance can satisfy, or that contradict FHIR', () => {
  const model = buildModel(snapshot);
  let findings: readonly Finding[];

  beforeAll(async () => {
    const generator = { name: 'test', version: '0.0.0' };
    findings = await verifyModels((await generate(snapshot, { assets: await readAssets(), generator })).files);
  });

  it('compile, and so do valid profiles beside them', () => {
    expect(findings).toEqual([]);
    expect(model.profiles.map(({ name }) => name)).toEqual(
      expect.arrayContaining([...INVALID, VALID].map(({ name }) => name)),
    );
  });

  it.each(INVALID)('cause one warning each: $name', ({ name, element, warning }) => {
    const own = model.warnings.filter(({ where }) => where.profile === canonical(name));
    expect(own.map(oneLine)).toEqual([`example.sample#1.0.0 › ${canonical(name)} › ${element}: ${warning}`]);
  });

  it('cause no warning for a valid profile', () => {
    expect(model.warnings.filter(({ where }) => where.profile === canonical(VALID.name))).toEqual([]);
  });

  it('cause a warning for the base only, not for profiles that inherit the fault', () => {
    const elements: readonly SampleElement[] = [{ id: 'Observation.code', min: 0 }];
    const { warnings } = buildModel(
      sampleSnapshot([
        { name: 'Base', type: 'Observation', elements },
        { name: 'Derived', type: 'Observation', elements, base: canonical('Base') },
      ]),
    );
    expect(warnings.map(({ where }) => where.profile)).toEqual([canonical('Base')]);
  });
});

describe('a slice of a choice with max 0', () => {
  const sliced = (rules: 'open' | 'closed', slice: string, code: string): readonly SampleElement[] => [
    { id: 'Observation.value[x]', slicing: { discriminators: [{ type: 'type', path: '$this' }], rules } },
    { id: `Observation.value[x]:${slice}`, sliceName: slice, min: 0, max: '0', types: [{ code }] },
  ];
  const valueOf = (elements: readonly SampleElement[]): ElementModel | undefined =>
    profileNamed(
      buildModel(sampleSnapshot([{ name: 'Sample', type: 'Observation', elements }])),
      'Sample',
    ).root.children.find(({ base }) => base.name === 'value');

  it('removes its type and no other', () => {
    const codes = valueOf(sliced('open', 'valueString', 'string'))?.types.map(({ code }) => code);
    expect(codes).not.toContain('string');
    expect(codes).toContain('integer');
    expect(codes).toHaveLength(10);
  });

  it('prohibits the choice if it removes the last type', () => {
    expect(valueOf(sliced('closed', 'valueString', 'string'))).toMatchObject({ min: 0, max: 0 });
  });
});

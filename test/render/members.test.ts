import { describe, expect, it } from 'vitest';
import type { PinnedValueSet } from '../../generator/pin/snapshot.js';
import { canonical, type SampleElement } from '../model/sample.js';
import { declarationsOf, memberOf } from './members.js';

describe('the underscore member of a primitive', () => {
  const birthDate = (min: number, beside: string, least: number): readonly SampleElement[] => [
    { id: 'Patient.birthDate', min },
    { id: `Patient.birthDate.${beside}`, min: least, max: '1' },
  ];

  it.each<readonly [string, readonly SampleElement[], string]>([
    ['is required with a required extension', birthDate(1, 'extension', 1), '_birthDate: SampleBirthDateElement'],
    ['is required with a required id', birthDate(1, 'id', 1), '_birthDate: SampleBirthDateElement'],
    ['is optional if the element is optional', birthDate(0, 'extension', 1), '_birthDate?: SampleBirthDateElement'],
    ['is optional if nothing in it is required', birthDate(1, 'extension', 0), '_birthDate?: SampleBirthDateElement'],
  ])('%s', async (_, elements, member) => {
    expect(await memberOf('Patient', elements, '_birthDate')).toBe(member);
  });
});

describe('cardinality', () => {
  it.each([
    [0, '*', ''],
    [1, '*', 'photo: [fhir4.Attachment, ...fhir4.Attachment[]]'],
    [2, '*', 'photo: [fhir4.Attachment, fhir4.Attachment, ...fhir4.Attachment[]]'],
    [0, '1', 'photo?: [fhir4.Attachment]'],
    [1, '1', 'photo: [fhir4.Attachment]'],
    [0, '2', 'photo?: [fhir4.Attachment, fhir4.Attachment] | [fhir4.Attachment]'],
    [2, '2', 'photo: [fhir4.Attachment, fhir4.Attachment]'],
    [0, '0', 'photo?: undefined'],
    [1, '1000', 'photo: [fhir4.Attachment, ...fhir4.Attachment[]]'],
  ])('%s..%s decides the type', async (min, max, type) => {
    expect(await memberOf('Patient', [{ id: 'Patient.photo', min, max }], 'photo')).toBe(type);
  });

  it('0..0 also prohibits the extensions of a primitive', async () => {
    const elements = [{ id: 'Patient.active', min: 0, max: '0' }];
    expect(await memberOf('Patient', elements, 'active')).toBe('active?: undefined');
    expect(await memberOf('Patient', elements, '_active')).toBe('_active?: undefined');
  });
});

describe('a fixed value or pattern', () => {
  it.each([
    ['a pattern on a primitive', { pattern: { type: 'Code', value: 'male' } }, "gender?: 'male'"],
    ['a fixed primitive', { fixed: { type: 'Code', value: 'female' }, min: 1 }, "gender: 'female'"],
    ['none, which leaves the type of FHIR', {}, ''],
  ])('decides the type: %s', async (_, added, type) => {
    expect(await memberOf('Patient', [{ id: 'Patient.gender', max: '1', ...added }], 'gender')).toBe(type);
  });

  it('on a CodeableConcept requires its coding, first or anywhere', async () => {
    const value = { coding: [{ system: 'http://loinc.org', code: '1-8' }] };
    const elements = [{ id: 'Observation.code', min: 1, max: '1', pattern: { type: 'CodeableConcept', value } }];
    expect(await memberOf('Observation', elements, 'code')).toBe('code: SampleCode');
    const code = (await declarationsOf('Observation', elements)).find((one) => one.name === 'SampleCode');
    const coding = "CodingOf<'http://loinc.org', '1-8'>";
    const item = `AnyCoding<${coding}>`;
    expect(code?.members.map((one) => one.type)).toEqual([`SlicedArray<'http://loinc.org|1-8', ${coding}, ${item}>`]);
  });

  it('of a complex type allows no other member if fixed', async () => {
    const value = { system: 'urn:x', code: 'a' };
    const elements = [{ id: 'Encounter.class', min: 1, max: '1', fixed: { type: 'Coding', value } }];
    expect(await memberOf('Encounter', elements, 'class')).toBe(
      "class: Exactly<fhir4.Coding, { system: 'urn:x'; code: 'a'; }>",
    );
  });
});

describe('a binding', () => {
  const colours: PinnedValueSet = {
    url: 'https://example.org/ValueSet/colours',
    name: 'Colours',
    package: 'example.sample#1.0.0',
    systems: [{ system: 'urn:colours', concepts: [{ code: 'red' }, { code: 'green' }] }],
  };
  const open: PinnedValueSet = { ...colours, systems: [{ system: 'urn:colours', open: true, concepts: [] }] };
  const unknown: PinnedValueSet = { ...colours, open: true };
  const required = { strength: 'required' as const, valueSet: colours.url };

  it.each([
    ['a Coding', 'Encounter.class', colours, 'class: ColoursCoding'],
    ['a Coding with any code of a system', 'Encounter.class', open, 'class: ColoursCoding'],
    ['a Coding with unknown systems', 'Encounter.class', unknown, 'class: fhir4.Coding'],
    ['a CodeableConcept', 'Encounter.serviceType', colours, 'serviceType?: CodedConcept<ColoursCoding>'],
    [
      'a CodeableConcept without an available value set',
      'Encounter.serviceType',
      undefined,
      'serviceType?: fhir4.CodeableConcept',
    ],
  ])('that is required decides the type of %s', async (_, id, valueSet, type) => {
    const elements = [{ id, max: '1', min: id.endsWith('class') ? 1 : 0, binding: required }];
    const valueSets = valueSet === undefined ? [] : [valueSet];
    expect(await memberOf('Encounter', elements, id.split('.')[1] ?? '', { valueSets })).toBe(type);
  });

  it('that is extensible suggests codes and allows all strings', async () => {
    const binding = { strength: 'extensible' as const, valueSet: colours.url };
    const elements = [{ id: 'Organization.name', max: '1', binding }];
    expect(await memberOf('Organization', elements, 'name', { valueSets: [colours] })).toBe(
      "name?: 'red' | 'green' | (string & {})",
    );
  });

  it('cannot add codes that the FHIR type does not have', async () => {
    const genders = { ...colours, systems: [{ system: 'urn:g', concepts: [{ code: 'male' }, { code: 'alien' }] }] };
    const elements = [{ id: 'Patient.gender', max: '1', binding: required }];
    expect(await memberOf('Patient', elements, 'gender', { valueSets: [genders] })).toBe("gender?: 'male'");
  });
});

describe('a reference', () => {
  const other = { name: 'Other', type: 'Organization', elements: [] };
  const reference = (...targetProfiles: string[]) => [
    { id: 'Patient.managingOrganization', max: '1', types: [{ code: 'Reference', targetProfiles }] },
  ];
  const core = (type: string): string => `http://hl7.org/fhir/StructureDefinition/${type}`;

  it.each([
    ['a resource type', reference(core('Organization')), "Reference<'Organization'>"],
    ['a profile', reference(canonical('Other')), 'OtherReference'],
    [
      'a profile and another type',
      reference(canonical('Other'), core('Person')),
      "Reference<'Person'> | OtherReference",
    ],
    [
      'a profile and its own resource type',
      reference(canonical('Other'), core('Organization')),
      "Reference<'Organization'>",
    ],
    ['any resource', reference(core('Resource')), 'fhir4.Reference'],
    ['an unresolved profile', reference('https://example.org/gone'), 'fhir4.Reference'],
  ])('to %s has its type', async (_, elements, type) => {
    expect(await memberOf('Patient', elements, 'managingOrganization', { others: [other] })).toBe(
      `managingOrganization?: ${type}`,
    );
  });
});

describe('a choice of types', () => {
  it('with one type is a member, and the other types are prohibited', async () => {
    const elements = [{ id: 'Patient.deceased[x]', max: '1', min: 1, types: [{ code: 'boolean' }] }];
    expect(await memberOf('Patient', elements, 'deceasedBoolean')).toBe('deceasedBoolean: boolean');
    expect(await memberOf('Patient', elements, 'deceasedDateTime')).toBe('deceasedDateTime?: undefined');
  });

  it('with several types allows one at a time', async () => {
    const declared = await declarationsOf('Patient', []);
    const choices = ['SampleDeceasedChoice', 'SampleMultipleBirthChoice'];
    expect(declared.find(({ name }) => name === 'Sample')?.is).toEqual([
      'SampleMembers',
      ...choices.map((name) => `AtMostOneOf<${name}>`),
    ]);
    const keysOf = (choice: string) => declared.find(({ name }) => name === choice)?.members.map(({ key }) => key);
    expect(choices.map(keysOf)).toEqual([
      ['deceasedBoolean', 'deceasedDateTime'],
      ['multipleBirthBoolean', 'multipleBirthInteger'],
    ]);
  });

  it('with a required slice has the type of that slice', async () => {
    const elements = [
      { id: 'Patient.deceased[x]', max: '1' },
      { id: 'Patient.deceased[x]:deceasedDateTime', min: 1, max: '1', types: [{ code: 'dateTime' }] },
    ];
    expect(await memberOf('Patient', elements, 'deceasedBoolean')).toBe('deceasedBoolean?: undefined');
  });
});

import { describe, expect, it } from 'vitest';
import { applied, diff, extension, FHIR, GUIDE, make, elementsOf, type Members, profile, typed } from './samples.js';

const BY_SYSTEM = { slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' } };
const BY_TYPE = { discriminator: [{ type: 'type', path: '$this' }], ordered: false, rules: 'open' };
const BY_URL = { discriminator: [{ type: 'value', path: 'url' }], ordered: false, rules: 'open' };

/** Ids of the elements below one, relative to it. */
function below(elements: ReadonlyMap<string, Members>, id: string): readonly string[] {
  return [...elements.keys()].filter((one) => one.startsWith(`${id}.`)).map((one) => one.slice(id.length + 1));
}

function codesOf(element: Members | undefined): readonly unknown[] {
  const types = element?.['type'] as readonly Members[] | undefined;
  return types?.map(({ code }) => code) ?? [];
}

describe('a slice', () => {
  it('follows the sliced element in the order of the differential, with the constraints of the differential', async () => {
    const elements = await applied('Patient', [
      diff('Patient.identifier', BY_SYSTEM),
      diff('Patient.identifier:b', { min: 1, max: '1' }),
      diff('Patient.identifier:b.system', { min: 1, fixedUri: 'urn:b' }),
      diff('Patient.identifier:a', { min: 0, max: '2' }),
    ]);
    const ids = [...elements.keys()].filter((id) => /^Patient\.(identifier|gender)/.test(id));
    expect(ids).toEqual([
      'Patient.identifier',
      'Patient.identifier:b',
      ...['id', 'extension', 'type', 'system', 'value'].map((name) => `Patient.identifier:b.${name}`),
      'Patient.identifier:a',
      'Patient.gender',
    ]);
    expect(elements.get('Patient.identifier')).toMatchObject(BY_SYSTEM);
    expect(elements.get('Patient.identifier:b')).toMatchObject({ sliceName: 'b', min: 1, max: '1' });
    expect(elements.get('Patient.identifier:b')).not.toHaveProperty('slicing');
    expect(elements.get('Patient.identifier:b.system')).toMatchObject({
      path: 'Patient.identifier.system',
      min: 1,
      fixedUri: 'urn:b',
      base: { path: 'Identifier.system' },
    });
    expect(elements.get('Patient.identifier:a')).toMatchObject({ sliceName: 'a', min: 0, max: '2' });
  });

  it.each([
    ['named by the differential', [diff('Observation.category:s', { max: '1' })]],
    ['with elements below only', [diff('Observation.category:s.text', { min: 1 })]],
  ])('is optional unless the differential requires it, even if an item is required: %s', async (_, more) => {
    const elements = await applied('Observation', [diff('Observation.category', BY_SYSTEM), ...more]);
    expect(elements.get('Observation.category')).toMatchObject({ min: 1 });
    expect(elements.get('Observation.category:s')).toMatchObject({ min: 0, sliceName: 's' });
  });

  it('keeps the constraints of the base', async () => {
    const made = await make([
      profile('base', 'Patient', [
        diff('Patient.identifier', BY_SYSTEM),
        diff('Patient.identifier:a', { min: 1, max: '1' }),
        diff('Patient.identifier:a.system', { min: 1, fixedUri: 'urn:a' }),
      ]),
      profile('p', 'Patient', [diff('Patient.identifier:a', { short: 'Mine' })], { baseDefinition: `${GUIDE}base` }),
    ]);
    const elements = elementsOf(made, 'p');
    expect(elements.get('Patient.identifier:a')).toMatchObject({ min: 1, max: '1', short: 'Mine' });
    expect(elements.get('Patient.identifier:a.system')).toMatchObject({ min: 1, fixedUri: 'urn:a' });
  });

  it.each([
    ['a', true, []],
    ['b', false, []],
    ['a', undefined, []],
    ['a', false, ['sliceIsConstraining is false, but a base has a slice of this name: that slice is constrained']],
    ['b', true, ['sliceIsConstraining is true, but no base has a slice of this name: it is treated as a new slice']],
  ])('%s with sliceIsConstraining %s matches the base, or causes a warning', async (name, isConstraining, messages) => {
    const id = `Patient.identifier:${name}`;
    const made = await make([
      profile('base', 'Patient', [diff('Patient.identifier', BY_SYSTEM), diff('Patient.identifier:a', { max: '1' })]),
      profile(
        'p',
        'Patient',
        [diff(id, { short: 'Mine', sliceIsConstraining: isConstraining }), diff(`${id}.value`, { min: 1 })],
        {
          baseDefinition: `${GUIDE}base`,
        },
      ),
    ]);
    expect(elementsOf(made, 'p').get(id)).toMatchObject({ short: 'Mine' });
    expect(made.warnings).toEqual(
      messages.map((message) => ({ message, where: expect.objectContaining({ profile: `${GUIDE}p`, element: id }) })),
    );
  });

  it('of a slice starts from that slice', async () => {
    const elements = await applied('Patient', [
      diff('Patient.identifier', BY_SYSTEM),
      diff('Patient.identifier:a', { min: 1, max: '3', ...BY_SYSTEM }),
      diff('Patient.identifier:a.system', { min: 1, fixedUri: 'urn:a' }),
      diff('Patient.identifier:a/one', { max: '1' }),
      diff('Patient.identifier:a/one.value', { min: 1 }),
    ]);
    expect(elements.get('Patient.identifier:a/one')).toMatchObject({ sliceName: 'a/one', min: 0, max: '1' });
    expect(elements.get('Patient.identifier:a/one.system')).toMatchObject({ fixedUri: 'urn:a' });
    expect(elements.get('Patient.identifier:a/one.value')).toMatchObject({ min: 1 });
    expect(elements.get('Patient.identifier:a.value')).toMatchObject({ min: 0 });
    expect(elements.get('Patient.identifier.system')).toBeUndefined();
  });

  it('has the elements of its own profile, not those of all items', async () => {
    const elements = await applied(
      'Patient',
      [
        diff('Patient.identifier', BY_SYSTEM),
        diff('Patient.identifier.value', { min: 1 }),
        diff('Patient.identifier:a', typed('Identifier', 'own')),
        diff('Patient.identifier:a.type', { min: 1 }),
      ],
      [profile('own', 'Identifier', [diff('Identifier.system', { min: 1, fixedUri: 'urn:own' })])],
    );
    expect(elements.get('Patient.identifier:a.system')).toMatchObject({ min: 1, fixedUri: 'urn:own' });
    expect(elements.get('Patient.identifier:a.type')).toMatchObject({ min: 1 });
  });

  it('of an element with max 1 is the element itself', async () => {
    const elements = await applied('Patient', [
      diff('Patient.maritalStatus:only', { min: 1 }),
      diff('Patient.maritalStatus:only.text', { min: 1 }),
    ]);
    expect(elements.get('Patient.maritalStatus')).toMatchObject({ min: 1 });
    expect(elements.get('Patient.maritalStatus')).not.toHaveProperty('sliceName');
    expect(elements.get('Patient.maritalStatus.text')).toMatchObject({ min: 1 });
    expect([...elements.keys()].filter((id) => id.includes(':'))).toEqual([]);
  });
});

describe('extensions', () => {
  it('are sliced by url, even if the differential does not state it', async () => {
    const elements = await applied(
      'Patient',
      [diff('Patient.extension:note', { max: '1', ...typed('Extension', 'note') })],
      [extension('note', 'string')],
    );
    expect(elements.get('Patient.extension')).toMatchObject({ slicing: BY_URL });
    expect(elements.get('Patient.extension:note')).toMatchObject({ min: 0, max: '1', ...typed('Extension', 'note') });
  });

  it('have the elements of their profile if the differential has elements below, also nested', async () => {
    const elements = await applied(
      'Patient',
      [
        diff('Patient.extension:outer', typed('Extension', 'outer')),
        diff('Patient.extension:outer.extension:inner.value[x]', { min: 1 }),
      ],
      [
        profile('outer', 'Extension', [
          diff('Extension.extension:inner', { min: 1, max: '1', ...typed('Extension', 'inner') }),
        ]),
        extension('inner', 'CodeableConcept'),
      ],
    );
    expect(elements.get('Patient.extension:outer.extension:inner')).toMatchObject({ min: 1, max: '1' });
    expect(elements.get('Patient.extension:outer.extension:inner.url')).toMatchObject({ fixedUri: `${GUIDE}inner` });
    const value = elements.get('Patient.extension:outer.extension:inner.value[x]');
    expect(value).toMatchObject({ min: 1 });
    expect(codesOf(value)).toEqual(['CodeableConcept']);
  });
});

describe('a choice of types', () => {
  it('is sliced by a type that the differential names, and keeps the others', async () => {
    const elements = await applied('Observation', [
      diff('Observation.valueQuantity', { short: 'How much' }),
      diff('Observation.valueQuantity.unit', { min: 1 }),
    ]);
    const choice = elements.get('Observation.value[x]');
    expect(choice).toMatchObject({ min: 0, slicing: BY_TYPE });
    expect(codesOf(choice)).toEqual(['Quantity', 'CodeableConcept', 'string']);
    const slice = elements.get('Observation.value[x]:valueQuantity');
    expect(slice).toMatchObject({
      sliceName: 'valueQuantity',
      path: 'Observation.value[x]',
      short: 'How much',
      min: 0,
    });
    expect(codesOf(slice)).toEqual(['Quantity']);
    expect(elements.get('Observation.value[x]:valueQuantity.unit')).toMatchObject({
      path: 'Observation.value[x].unit',
      min: 1,
    });
  });

  it.each([['Observation.valueQuantity'], ['Observation.value[x]:valueQuantity']])(
    'has no other type if one is required: %s',
    async (id) => {
      const elements = await applied('Observation', [diff(id, { min: 1 })]);
      expect(elements.get('Observation.value[x]')).toMatchObject({ min: 1 });
      expect(codesOf(elements.get('Observation.value[x]'))).toEqual(['Quantity']);
    },
  );

  it('is no longer sliced if one type is left', async () => {
    const elements = await applied('Observation', [
      diff('Observation.value[x]', { type: [{ code: 'string' }] }),
      diff('Observation.valueString', { min: 1 }),
    ]);
    expect(elements.get('Observation.value[x]')).toMatchObject({ min: 1 });
    expect([...elements.keys()].filter((id) => id.includes(':'))).toEqual([]);
  });

  it('in a slice keeps only the type that the differential names', async () => {
    const elements = await applied('Observation', [
      diff('Observation.component', BY_SYSTEM),
      diff('Observation.component:a'),
      diff('Observation.component:a.valueQuantity', { short: 'Part' }),
      diff('Observation.component:a.valueQuantity.unit', { min: 1 }),
    ]);
    const value = elements.get('Observation.component:a.value[x]');
    expect(codesOf(value)).toEqual(['Quantity']);
    expect(value).toMatchObject({ short: 'Part' });
    expect(elements.get('Observation.component:a.value[x].unit')).toMatchObject({ min: 1 });
    expect(codesOf(elements.get('Observation.component.value[x]'))).toHaveLength(3);
  });

  it('with a pattern has the type of the pattern', async () => {
    const elements = await applied('Observation', [
      diff('Observation.value[x]', { patternCodeableConcept: { text: 'x' } }),
      diff('Observation.value[x].text', { min: 1 }),
    ]);
    expect(codesOf(elements.get('Observation.value[x]'))).toEqual(['CodeableConcept']);
    expect(elements.get('Observation.value[x].text')).toMatchObject({ min: 1 });
  });
});

describe('an element with children in the differential', () => {
  it.each([
    ['a datatype', 'Patient.maritalStatus.coding.system', 'Coding.system'],
    ['a primitive', 'Patient.birthDate.extension', 'Element.extension'],
    ['a backbone', 'Patient.contact.relationship', 'Patient.contact.relationship'],
    ['a datatype in a backbone', 'Patient.contact.relationship.text', 'CodeableConcept.text'],
  ])('gets the elements of %s', async (_, id, base) => {
    const elements = await applied('Patient', [diff(id, { min: 1 })]);
    expect(elements.get(id)).toMatchObject({ min: 1, base: { path: base } });
  });

  it('gets the elements of a contentReference, in either notation', async () => {
    const elements = await applied('Questionnaire', [
      diff('Questionnaire.item.item', { contentReference: `${FHIR}Questionnaire#Questionnaire.item` }),
      diff('Questionnaire.item.item.item.linkId', { max: '1', short: 'Third' }),
    ]);
    expect(elements.get('Questionnaire.item.item.item.linkId')).toMatchObject({ min: 1, short: 'Third' });
    expect(below(elements, 'Questionnaire.item.item')).toContain('linkId');
    expect(elements.get('Questionnaire.item.item.item.item')).toMatchObject({
      contentReference: '#Questionnaire.item',
    });
  });

  it('has the missing part of its binding from the base', async () => {
    const made = await make([
      profile('base', 'Patient', [diff('Patient.gender', { binding: { strength: 'required', valueSet: 'urn:vs' } })]),
      profile('p', 'Patient', [diff('Patient.gender', { binding: { strength: 'required', description: 'x' } })], {
        baseDefinition: `${GUIDE}base`,
      }),
    ]);
    expect(elementsOf(made, 'p').get('Patient.gender')).toMatchObject({
      binding: { strength: 'required', valueSet: 'urn:vs' },
    });
  });
});

/** FHIR R5, ElementDefinition.binding.additional. */
it('adds additional bindings and extensions of the binding to those of the base', async () => {
  const url = 'http://hl7.org/fhir/tools/StructureDefinition/additional-binding';
  const additional = (valueSet: string) => ({ purpose: 'required', valueSet });
  const binding = (name: string, more: object) => ({
    strength: 'required',
    valueSet: 'urn:vs',
    additional: [additional('urn:both'), additional(`urn:${name}`)],
    extension: [{ url, valueString: name }, { url: 'urn:same', valueString: name }, more],
  });
  const made = await make([
    profile('base', 'Patient', [diff('Patient.gender', { binding: binding('base', { url: 'urn:base' }) })]),
    profile('p', 'Patient', [diff('Patient.gender', { binding: binding('own', { url: 'urn:own' }) })], {
      baseDefinition: `${GUIDE}base`,
    }),
  ]);
  expect(elementsOf(made, 'p').get('Patient.gender')).toMatchObject({
    binding: {
      additional: [additional('urn:base'), additional('urn:both'), additional('urn:own')],
      extension: [
        { url, valueString: 'base' },
        { url: 'urn:base' },
        { url, valueString: 'own' },
        { url: 'urn:same', valueString: 'own' },
        { url: 'urn:own' },
      ],
    },
  });
});

describe('an optional slice of an element with max 1', () => {
  const sliced = [
    diff('Patient.maritalStatus', { slicing: { discriminator: [{ type: 'pattern', path: '$this' }], rules: 'open' } }),
    diff('Patient.maritalStatus:m', { max: '1', patternCodeableConcept: { text: 'M' } }),
    diff('Patient.maritalStatus:m.text', { min: 1 }),
    diff('Patient.maritalStatus:s', { patternCodeableConcept: { text: 'S' } }),
  ];

  it('is a slice: its constraints apply to items that match', async () => {
    const elements = await applied('Patient', sliced);
    expect(elements.get('Patient.maritalStatus')).toMatchObject({ min: 0, max: '1', base: { max: '1' } });
    expect(elements.get('Patient.maritalStatus')).not.toHaveProperty('patternCodeableConcept');
    expect(elements.get('Patient.maritalStatus:m')).toMatchObject({
      min: 0,
      max: '1',
      base: { max: '1' },
      patternCodeableConcept: { text: 'M' },
    });
    expect(elements.get('Patient.maritalStatus:m.text')).toMatchObject({ min: 1 });
    expect(elements.get('Patient.maritalStatus:s')).toMatchObject({ max: '1', patternCodeableConcept: { text: 'S' } });
    expect(elements.get('Patient.maritalStatus.text')).toBeUndefined();
  });

  it('remains a slice in a derived profile', async () => {
    const top = { baseDefinition: `${GUIDE}base` };
    const made = await make([
      profile('base', 'Patient', sliced),
      profile('top', 'Patient', [diff('Patient.maritalStatus:s.text', { min: 1 })], top),
    ]);
    expect(made.failed).toEqual([]);
    const elements = elementsOf(made, 'top');
    expect(elements.get('Patient.maritalStatus:s.text')).toMatchObject({ min: 1 });
    expect(elements.get('Patient.maritalStatus:m')).toMatchObject({ patternCodeableConcept: { text: 'M' } });
    expect(elements.get('Patient.maritalStatus')).not.toHaveProperty('patternCodeableConcept');
  });
});

describe('a cardinality wider than that of the base', () => {
  it('is ignored with a warning, also in a chain of profiles', async () => {
    const made = await make([
      profile('base', 'Patient', [diff('Patient.maritalStatus', { min: 1 }), diff('Patient.identifier', { max: '2' })]),
      profile(
        'top',
        'Patient',
        [diff('Patient.maritalStatus', { min: 0 }), diff('Patient.identifier', { min: 1, max: '*' })],
        { baseDefinition: `${GUIDE}base` },
      ),
    ]);
    const elements = elementsOf(made, 'top');
    expect(elements.get('Patient.maritalStatus')).toMatchObject({ min: 1 });
    expect(elements.get('Patient.identifier')).toMatchObject({ min: 1, max: '2' });
    expect(made.warnings.map(({ message, where }) => [where.element, message])).toEqual([
      ['Patient.maritalStatus', 'min 0 is less than the 1 of its base, which is kept'],
      ['Patient.identifier', 'max * is more than the 2 of its base, which is kept'],
    ]);
  });

  it('causes no warning for an optional slice', async () => {
    const made = await make([
      profile('p', 'Patient', [
        diff('Patient.identifier', {
          min: 1,
          slicing: { discriminator: [{ type: 'value', path: 'use' }], rules: 'open' },
        }),
        diff('Patient.identifier:a', { min: 0, max: '1' }),
      ]),
    ]);
    expect(made.warnings).toEqual([]);
    expect(elementsOf(made, 'p').get('Patient.identifier:a')).toMatchObject({ min: 0, max: '1' });
  });
});

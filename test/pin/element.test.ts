import { describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import { definitionOf, element, GUIDE, type Members, pinned, pinnedProfiles, profile } from './samples.js';

const FHIR_TYPE = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';
const SYSTEM = 'http://hl7.org/fhirpath/System.';

/** The pinned form of an element with the given members. */
function factsOf(members: Members, id = 'Patient.x') {
  const result = pinned([profile('a', 'Patient', [element(id, members)])]);
  const facts = Object.entries(definitionOf(result, `${GUIDE}a`).elements[1] ?? {});
  return Object.fromEntries(facts.filter(([name]) => !['id', 'path', 'min', 'max'].includes(name)));
}

describe('a pinned element', () => {
  it.each<[string, Members, Members]>([
    ['has a short on one line', { short: ' a\n\tb  c\u0007 ' }, { short: 'a b c' }],
    ['has a short that is cut if long', { short: 'x'.repeat(600) }, { short: `${'x'.repeat(499)}…` }],
    [
      'has a short that is not cut inside a character',
      { short: `${'x'.repeat(498)}😀${'x'.repeat(9)}` },
      { short: `${'x'.repeat(498)}…` },
    ],
    [
      'has the base cardinality',
      { base: { path: 'Patient.x', min: 0, max: '*' } },
      { base: { path: 'Patient.x', min: 0, max: '*' } },
    ],
    [
      'has types with profiles and targets',
      { type: [{ code: 'Reference', profile: [`${GUIDE}a`], targetProfile: [`${GUIDE}a`] }] },
      { types: [{ code: 'Reference', profiles: [`${GUIDE}a`], targetProfiles: [`${GUIDE}a`] }] },
    ],
    [
      'has the FHIR type of a FHIRPath type',
      { type: [{ code: `${SYSTEM}String`, extension: [{ url: FHIR_TYPE, valueUrl: 'code' }] }] },
      { types: [{ code: 'code' }] },
    ],
    [
      'has a FHIRPath type without a FHIR type',
      { type: [{ code: `${SYSTEM}String` }] },
      { types: [{ code: 'string' }] },
    ],
    [
      'has a type code without its namespace',
      { type: [{ code: 'http://hl7.org/fhir/StructureDefinition/Identifier' }] },
      { types: [{ code: 'Identifier' }] },
    ],
    [
      "has the type id for the id of a resource, which FHIR's snapshots call string",
      { type: [{ code: `${SYSTEM}String` }], base: { path: 'Resource.id', min: 0, max: '1' } },
      { types: [{ code: 'id' }], base: { path: 'Resource.id', min: 0, max: '1' } },
    ],
    [
      'has the type string for the id of an element, which some tools call id',
      { type: [{ code: 'id' }], base: { path: 'Element.id', min: 0, max: '1' } },
      { types: [{ code: 'string' }], base: { path: 'Element.id', min: 0, max: '1' } },
    ],
    ['has a contentReference', { contentReference: '#Patient.link' }, { contentReference: '#Patient.link' }],
    [
      'has a contentReference without the canonical before it',
      { contentReference: 'http://hl7.org/fhir/StructureDefinition/Patient#Patient.link' },
      { contentReference: '#Patient.link' },
    ],
    ['has a fixed value', { fixedUri: 'urn:x' }, { fixed: { type: 'Uri', value: 'urn:x' } }],
    ['has a fixed value that is false', { fixedBoolean: false }, { fixed: { type: 'Boolean', value: false } }],
    [
      'has a pattern',
      { patternCodeableConcept: { coding: [{ system: 's', code: 'constructor' }] } },
      { pattern: { type: 'CodeableConcept', value: { coding: [{ system: 's', code: 'constructor' }] } } },
    ],
    [
      'has slicing',
      {
        slicing: {
          discriminator: [{ type: 'value', path: '$this' }],
          rules: 'closed',
          ordered: true,
          description: 'no',
        },
      },
      { slicing: { discriminators: [{ type: 'value', path: '$this' }], rules: 'closed', ordered: true } },
    ],
    [
      'has slicing without discriminators',
      { slicing: { rules: 'open' } },
      { slicing: { discriminators: [], rules: 'open' } },
    ],
    ['has a slice name', { sliceName: 'a/b' }, { sliceName: 'a/b' }],
    [
      'has no example binding',
      { binding: { strength: 'example', valueSet: 'http://v|1' } },
      { binding: { strength: 'example', valueSet: 'http://v|1' } },
    ],
    [
      'has a contained value set under an address of its own',
      { binding: { strength: 'example', valueSet: '#v' } },
      { binding: { strength: 'example', valueSet: `${GUIDE}a#v` } },
    ],
    [
      'has constraints with their texts, without XPath',
      { constraint: [{ key: 'k', severity: 'warning', human: 'h', expression: 'true', xpath: 'x' }] },
      { constraints: [{ key: 'k', severity: 'warning', human: 'h', expression: 'true' }] },
    ],
    ['has flags that are set', { isModifier: true, mustSupport: true }, { isModifier: true, mustSupport: true }],
    ['has no flags that are not set', { isModifier: false, mustSupport: false, isSummary: true }, {}],
    [
      'has limits of values',
      { maxLength: 4, minValueInteger: 1, maxValueDate: '2020' },
      { maxLength: 4, minValue: 1, maxValue: '2020' },
    ],
    ['has none of the prose', { definition: 'd', comment: 'c', mapping: [{}], alias: ['a'], requirements: 'r' }, {}],
  ])('%s', (_, raw, facts) => {
    expect(factsOf(raw)).toEqual(facts);
  });

  it('is kept if the profile prohibits it', () => {
    const result = pinned([profile('a', 'Patient', [element('Patient.x', { max: '0' })])]);
    expect(definitionOf(result, `${GUIDE}a`).elements[1]?.max).toBe('0');
  });

  it('has the cardinality of the base if the snapshot has none', () => {
    const base = { path: 'Patient.x', min: 1, max: '*' };
    const result = pinned([profile('a', 'Patient', [element('Patient.x', { min: undefined, max: undefined, base })])]);
    expect(definitionOf(result, `${GUIDE}a`).elements[1]).toMatchObject({ min: 1, max: '*' });
  });

  it.each([
    ['letters', 'Patient.x:NSS', 'Patient.x'],
    ['an address with dots', 'Patient.x:http://a.b/c.d', 'Patient.x'],
    ['numbers', 'Patient.x:1.2.3', 'Patient.x'],
    ['the name of a prototype', 'Patient.x:__proto__', 'Patient.x'],
  ])('may have a slice name with %s', (_, id, path) => {
    const result = pinned([profile('a', 'Patient', [element(id, { path, sliceName: id.slice(10) })])]);
    expect(definitionOf(result, `${GUIDE}a`).elements[1]?.id).toBe(id);
  });
});

const deep: unknown = JSON.parse('{"a":'.repeat(60) + '1' + '}'.repeat(60));

describe('a malformed element', () => {
  it.each<[string, Members, string]>([
    ['path with a script', { path: 'Patient.x();alert' }, 'path is "Patient.x();alert", not made of element names'],
    ['path with a prototype', { path: 'Patient.__proto__' }, 'path is "Patient.__proto__", not made of element names'],
    ['path with an empty name', { path: 'Patient..x' }, 'path is "Patient..x", not made of element names'],
    ['path that is not a string', { path: ['Patient'] }, 'path is an array, not a string'],
    ['path of another type', { path: 'Observation.x' }, 'the snapshot has no parent element before Observation.x'],
    ['path without its parent', { path: 'Patient.y.x' }, 'the snapshot has no parent element before Patient.y.x'],
    ['min that is a string', { min: '1' }, 'min is "1", not a whole number, 0 or more'],
    ['min below zero', { min: -1 }, 'min is -1, not a whole number, 0 or more'],
    ['max that is a number', { max: 1 }, 'max is 1, not a string'],
    ['max that is not a number', { max: '1; drop' }, 'max is "1; drop", not a number or *'],
    ['neither max nor base', { max: undefined }, 'max is missing'],
    ['short that is not a string', { short: { toString: 'x' } }, 'short is an object, not a string'],
    ['type that is not an array', { type: { code: 'string' } }, 'type is an object, not an array'],
    ['type without a code', { type: [{}] }, 'type[0].code is missing'],
    ['type that is not a name', { type: [{ code: 'string*/' }] }, 'type "string*/" is not a FHIR type'],
    [
      'profiles that are not strings',
      { type: [{ code: 'string', profile: [1] }] },
      'type[0].profile is an array, not an array of strings',
    ],
    ['two fixed values', { fixedUri: 'a', fixedString: 'b' }, 'the element has two fixed values'],
    [
      'a fixed value with a prototype',
      { fixedCoding: JSON.parse('{"__proto__":1}') as unknown },
      'fixedCoding has a member named __proto__',
    ],
    ['a pattern of endless depth', { patternCoding: deep }, 'patternCoding is nested too deeply (limit "depth")'],
    [
      'unknown slicing rules',
      { slicing: { rules: 'maybe' } },
      'slicing.rules is "maybe", not one of closed, open, openAtEnd',
    ],
    [
      'an unknown discriminator',
      { slicing: { discriminator: [{ type: 'magic', path: 'x' }], rules: 'open' } },
      'slicing.discriminator[0].type is "magic", not one of value, exists, pattern, type, profile, position',
    ],
    ['a binding that is not an object', { binding: 'required' }, 'binding is "required", not an object'],
    ['a constraint without key', { constraint: [{ severity: 'error' }] }, 'constraint[0].key is missing'],
    ['a contentReference to nothing', { contentReference: 'x' }, 'contentReference "x" names no element'],
    ['a flag that is a string', { mustSupport: 'true' }, 'mustSupport is "true", not a boolean'],
  ])('fails its profile and no other: %s', (_, members, message) => {
    const result = pinned([profile('bad', 'Patient', [element('Patient.x', members)]), profile('good', 'Patient', [])]);
    expect(pinnedProfiles(result)).toEqual(['good']);
    expect(oneLine(result.warnings[0])).toBe(`example.guide#1.0.0 › ${GUIDE}bad › Patient.x: ${message}`);
  });

  it.each<[string, readonly unknown[], string]>([
    ['an element without id', [{ path: 'Patient.x', min: 0, max: '1' }], 'snapshot.element[1].id is missing'],
    ['an element that is not an object', ['Patient.x'], 'snapshot.element[1] is "Patient.x", not an object'],
    [
      'two elements with one id',
      [element('Patient.x'), element('Patient.x')],
      'two elements of the snapshot have this id',
    ],
    [
      'an endless id',
      [element(`Patient.x:${'y'.repeat(3000)}`)],
      'snapshot.element[1].id has 3010 characters; the limit "idLength" is 2000',
    ],
  ])('fails its profile if the snapshot has %s', (_, elements, message) => {
    const snapshot = { element: [element('Patient'), ...elements] };
    const result = pinned([profile('bad', 'Patient', [], { snapshot })]);
    expect(pinnedProfiles(result)).toEqual([]);
    expect(oneLine(result.warnings[0])).toContain(message);
  });

  it('fails its profile if the snapshot is beyond the limit', () => {
    const elements = Array.from({ length: 30 }, (_, index) => element(`Patient.x:s${index}`));
    const result = pinned([profile('bad', 'Patient', elements)], { limits: { elements: 30 } });
    expect(oneLine(result.warnings[0])).toMatch(/31 elements; the limit "elements" is 30/);
  });

  it.each([
    ['', 's'],
    ['with dots in their names', 's.d'],
    ['of a slice', 'a/s'],
  ])('fails its profile, with a message that names it, if it has more slices %s than the limit', (_, name) => {
    const slices = (count: number): readonly Members[] =>
      Array.from({ length: count }, (_each, index) => ({
        ...element(`Patient.x:${name}${index}`),
        path: 'Patient.x',
        sliceName: `${name}${index}`,
      }));
    const result = pinned(
      [
        profile('bad', 'Patient', [element('Patient.x'), ...slices(6), element('Patient.y')]),
        profile('good', 'Patient', [element('Patient.x'), ...slices(5)]),
      ],
      { limits: { slices: 5 } },
    );
    expect(pinnedProfiles(result)).toEqual(['good']);
    expect(oneLine(result.warnings[0])).toBe(
      `example.guide#1.0.0 › ${GUIDE}bad › Patient.x: it has 6 slices, more than the limit "slices" of 5`,
    );
  });
});

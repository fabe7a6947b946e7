import { describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import { definitionOf, element, GUIDE, type Members, pinned, pinnedProfiles, profile } from './samples.js';

const FHIR_TYPE = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';
const SYSTEM = 'http://hl7.org/fhirpath/System.';

/** What is pinned of an element with the given members. */
function factsOf(members: Members, id = 'Patient.x') {
  const result = pinned([profile('a', 'Patient', [element(id, members)])]);
  const facts = Object.entries(definitionOf(result, `${GUIDE}a`).elements[1] ?? {});
  return Object.fromEntries(facts.filter(([name]) => !['id', 'path', 'min', 'max'].includes(name)));
}

describe('the facts of an element', () => {
  it.each<[string, Members, Members]>([
    ['short, on one line', { short: ' a\n\tb  c\u0007 ' }, { short: 'a b c' }],
    ['short, cut where it is long', { short: 'x'.repeat(600) }, { short: `${'x'.repeat(499)}…` }],
    [
      'short, not cut through a character',
      { short: `${'x'.repeat(498)}😀${'x'.repeat(9)}` },
      { short: `${'x'.repeat(498)}…` },
    ],
    [
      'base cardinality',
      { base: { path: 'Patient.x', min: 0, max: '*' } },
      { base: { path: 'Patient.x', min: 0, max: '*' } },
    ],
    [
      'types with profiles and targets',
      { type: [{ code: 'Reference', profile: [`${GUIDE}a`], targetProfile: [`${GUIDE}a`] }] },
      { types: [{ code: 'Reference', profiles: [`${GUIDE}a`], targetProfiles: [`${GUIDE}a`] }] },
    ],
    [
      'the FHIR type behind a FHIRPath type',
      { type: [{ code: `${SYSTEM}String`, extension: [{ url: FHIR_TYPE, valueUrl: 'code' }] }] },
      { types: [{ code: 'code' }] },
    ],
    ['a FHIRPath type by itself', { type: [{ code: `${SYSTEM}String` }] }, { types: [{ code: 'string' }] }],
    [
      'a type code that is written out',
      { type: [{ code: 'http://hl7.org/fhir/StructureDefinition/Identifier' }] },
      { types: [{ code: 'Identifier' }] },
    ],
    [
      "the type of a resource's id, which FHIR's own snapshots call string",
      { type: [{ code: `${SYSTEM}String` }], base: { path: 'Resource.id', min: 0, max: '1' } },
      { types: [{ code: 'id' }], base: { path: 'Resource.id', min: 0, max: '1' } },
    ],
    [
      "the type of an element's id, which some tools call id",
      { type: [{ code: 'id' }], base: { path: 'Element.id', min: 0, max: '1' } },
      { types: [{ code: 'string' }], base: { path: 'Element.id', min: 0, max: '1' } },
    ],
    ['contentReference', { contentReference: '#Patient.link' }, { contentReference: '#Patient.link' }],
    [
      'contentReference with the canonical before it',
      { contentReference: 'http://hl7.org/fhir/StructureDefinition/Patient#Patient.link' },
      { contentReference: '#Patient.link' },
    ],
    ['fixed value', { fixedUri: 'urn:x' }, { fixed: { type: 'Uri', value: 'urn:x' } }],
    ['fixed value that is false', { fixedBoolean: false }, { fixed: { type: 'Boolean', value: false } }],
    [
      'pattern',
      { patternCodeableConcept: { coding: [{ system: 's', code: 'constructor' }] } },
      { pattern: { type: 'CodeableConcept', value: { coding: [{ system: 's', code: 'constructor' }] } } },
    ],
    [
      'slicing',
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
      'slicing without discriminator',
      { slicing: { rules: 'open' } },
      { slicing: { discriminators: [], rules: 'open' } },
    ],
    ['slice name', { sliceName: 'a/b' }, { sliceName: 'a/b' }],
    [
      'a weak binding',
      { binding: { strength: 'example', valueSet: 'http://v|1' } },
      { binding: { strength: 'example', valueSet: 'http://v|1' } },
    ],
    [
      'a contained value set, by an address of its own',
      { binding: { strength: 'example', valueSet: '#v' } },
      { binding: { strength: 'example', valueSet: `${GUIDE}a#v` } },
    ],
    [
      'constraints with what they say, and no XPath',
      { constraint: [{ key: 'k', severity: 'warning', human: 'h', expression: 'true', xpath: 'x' }] },
      { constraints: [{ key: 'k', severity: 'warning', human: 'h', expression: 'true' }] },
    ],
    ['flags that are set', { isModifier: true, mustSupport: true }, { isModifier: true, mustSupport: true }],
    ['no flags that are not', { isModifier: false, mustSupport: false, isSummary: true }, {}],
    [
      'limits of values',
      { maxLength: 4, minValueInteger: 1, maxValueDate: '2020' },
      { maxLength: 4, minValue: 1, maxValue: '2020' },
    ],
    ['nothing of its prose', { definition: 'd', comment: 'c', mapping: [{}], alias: ['a'], requirements: 'r' }, {}],
  ])('%s', (_, raw, facts) => {
    expect(factsOf(raw)).toEqual(facts);
  });

  it('keeps elements that the profile forbids', () => {
    const result = pinned([profile('a', 'Patient', [element('Patient.x', { max: '0' })])]);
    expect(definitionOf(result, `${GUIDE}a`).elements[1]?.max).toBe('0');
  });

  it("takes the base's cardinality where the snapshot has none", () => {
    const base = { path: 'Patient.x', min: 1, max: '*' };
    const result = pinned([profile('a', 'Patient', [element('Patient.x', { min: undefined, max: undefined, base })])]);
    expect(definitionOf(result, `${GUIDE}a`).elements[1]).toMatchObject({ min: 1, max: '*' });
  });

  it.each([
    ['letters', 'Patient.x:NSS', 'Patient.x'],
    ['an address with dots', 'Patient.x:http://a.b/c.d', 'Patient.x'],
    ['numbers', 'Patient.x:1.2.3', 'Patient.x'],
    ['the name of a prototype', 'Patient.x:__proto__', 'Patient.x'],
  ])('lets a slice name be %s', (_, id, path) => {
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
    ['path that is no text', { path: ['Patient'] }, 'path is an array, not a string'],
    [
      'path of another type',
      { path: 'Observation.x' },
      'the snapshot has no element that Observation.x is part of before it',
    ],
    [
      'path without its parent',
      { path: 'Patient.y.x' },
      'the snapshot has no element that Patient.y.x is part of before it',
    ],
    ['min that is text', { min: '1' }, 'min is "1", not a whole number, 0 or more'],
    ['min below zero', { min: -1 }, 'min is -1, not a whole number, 0 or more'],
    ['max that is a number', { max: 1 }, 'max is 1, not a string'],
    ['max that is no number', { max: '1; drop' }, 'max is "1; drop", not a number or *'],
    ['neither max nor base', { max: undefined }, 'max is missing'],
    ['short that is no text', { short: { toString: 'x' } }, 'short is an object, not a string'],
    ['type that is no list', { type: { code: 'string' } }, 'type is an object, not an array'],
    ['type without a code', { type: [{}] }, 'type[0].code is missing'],
    ['type that is no name', { type: [{ code: 'string*/' }] }, 'type "string*/" is not a FHIR type'],
    [
      'profiles that are no texts',
      { type: [{ code: 'string', profile: [1] }] },
      'type[0].profile is an array, not an array of strings',
    ],
    ['two fixed values', { fixedUri: 'a', fixedString: 'b' }, 'the element has two fixed values'],
    [
      'a fixed value with a prototype',
      { fixedCoding: JSON.parse('{"__proto__":1}') as unknown },
      'fixedCoding has a member named __proto__',
    ],
    ['a pattern without end', { patternCoding: deep }, 'patternCoding is nested too deeply (limit "depth")'],
    [
      'slicing rules that are not defined',
      { slicing: { rules: 'maybe' } },
      'slicing.rules is "maybe", not one of closed, open, openAtEnd',
    ],
    [
      'a discriminator that is not defined',
      { slicing: { discriminator: [{ type: 'magic', path: 'x' }], rules: 'open' } },
      'slicing.discriminator[0].type is "magic", not one of value, exists, pattern, type, profile, position',
    ],
    ['a binding that is no object', { binding: 'required' }, 'binding is "required", not an object'],
    ['a constraint without key', { constraint: [{ severity: 'error' }] }, 'constraint[0].key is missing'],
    ['a contentReference that names nothing', { contentReference: 'x' }, 'contentReference "x" names no element'],
    ['a flag that is text', { mustSupport: 'true' }, 'mustSupport is "true", not a boolean'],
  ])('%s makes its profile fail, and no other', (_, members, message) => {
    const result = pinned([profile('bad', 'Patient', [element('Patient.x', members)]), profile('good', 'Patient', [])]);
    expect(pinnedProfiles(result)).toEqual(['good']);
    expect(oneLine(result.warnings[0])).toBe(`example.guide#1.0.0 › ${GUIDE}bad › Patient.x: ${message}`);
  });

  it.each<[string, readonly unknown[], string]>([
    ['one without id', [{ path: 'Patient.x', min: 0, max: '1' }], 'snapshot.element[1].id is missing'],
    ['one that is no object', ['Patient.x'], 'snapshot.element[1] is "Patient.x", not an object'],
    ['two with one id', [element('Patient.x'), element('Patient.x')], 'two elements of the snapshot have this id'],
    [
      'an endless id',
      [element(`Patient.x:${'y'.repeat(3000)}`)],
      'snapshot.element[1].id has 3010 characters; the limit "idLength" is 2000',
    ],
  ])('in a snapshot with %s', (_, elements, message) => {
    const snapshot = { element: [element('Patient'), ...elements] };
    const result = pinned([profile('bad', 'Patient', [], { snapshot })]);
    expect(pinnedProfiles(result)).toEqual([]);
    expect(oneLine(result.warnings[0])).toContain(message);
  });

  it('in a snapshot beyond the limit', () => {
    const elements = Array.from({ length: 30 }, (_, index) => element(`Patient.x:s${index}`));
    const result = pinned([profile('bad', 'Patient', elements)], { limits: { elements: 30 } });
    expect(oneLine(result.warnings[0])).toMatch(/31 elements; the limit "elements" is 30/);
  });

  it.each([
    ['', 's'],
    ['with dots in their names', 's.d'],
    ['of a slice', 'a/s'],
  ])('with more slices %s than the limit, which names the element and stops no other profile', (_, name) => {
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

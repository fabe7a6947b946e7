import { describe, expect, it } from 'vitest';
import { conforms } from '../../templates/runtime/guard.js';
import { extensionProfile, extensionSlice, issuesOf, sample, sampleProfile } from './sample.js';

/** What holds of every resource, whatever the profile: FHIR R4, JSON Representation of Resources. */
const table = sampleProfile();
const extension = { url: 'https://example.org/e', valueString: 'x' };

const VALID: readonly (readonly [name: string, members: object])[] = [
  ['nothing but what is required', {}],
  ['members that are undefined', { code: undefined, _date: undefined }],
  ['a primitive with its twin', { date: '2020', _date: { id: 'a', extension: [extension] } }],
  ['a twin with an id alone beside its value', { date: '2020', _date: { id: 'a' } }],
  ['a twin without value', { _date: { extension: [extension] } }],
  ['a required primitive that only its twin tells of', { status: undefined, _status: { extension: [extension] } }],
  ['nulls where the twin has something', { alias: ['a', null], _alias: [null, { extension: [extension] }] }],
  ['a twin array that is shorter', { alias: ['a', 'b'], _alias: [{ id: 'x' }] }],
  ['a twin array alone', { _alias: [{ extension: [extension] }] }],
  ['a choice', { valueString: 'x' }],
  ['a choice with its twin', { valueString: 'x', _valueString: { id: 'a' } }],
  ['a complex choice', { valueQuantity: { value: 1.5, unit: 'mm' } }],
  ['parts within parts', { part: [{ name: 'a', part: [{ name: 'b', part: [{ name: 'c' }] }] }] }],
  ['unknown extensions', { extension: [extension, { url: 'https://example.org/f', extension: [extension] }] }],
  [
    'an extension with a twin for its value',
    { extension: [{ url: 'https://example.org/e', _valueString: { extension: [extension] } }] },
  ],
  ['references by type', { subject: { reference: 'Patient/1' } }],
  ['references with history', { subject: { reference: 'Patient/1/_history/2' } }],
  ['absolute references', { subject: { reference: 'https://example.org/fhir/Group/1' } }],
  ['absolute references that tell no type', { subject: { reference: 'https://example.org/x' } }],
  ['conditional references', { subject: { reference: 'Patient?identifier=x|1' } }],
  ['urn references', { subject: { reference: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' } }],
  ['logical references', { subject: { type: 'Group', identifier: { value: '1' } } }],
  ['references by words', { subject: { display: 'somebody' } }],
  ['contained resources', { contained: [{ resourceType: 'Group', id: 'g' }], subject: { reference: '#g' } }],
  [
    'contained resources that refer to their container',
    { contained: [{ resourceType: 'List', id: 'l', subject: { reference: '#' } }] },
  ],
  ['references to the container', { focus: [{ reference: '#' }] }],
];

it.each(VALID)('accepts %s', (_, members) => {
  expect(issuesOf(table, sample(members))).toEqual([]);
});

const BROKEN: readonly (readonly [name: string, members: object, ...issues: string[]])[] = [
  ['a required element that is missing', { status: undefined }, 'error required Sample.status'],
  [
    'a required element whose twin has but an id',
    { status: undefined, _status: { id: 'a' } },
    'error required Sample.status',
    'error structure Sample.status',
  ],
  ['an unknown property', { colour: 1 }, 'error structure Sample.colour'],
  ['an unknown property that is no identifier', { 'a b': 1 }, 'error structure Sample.`a b`'],
  ['a comment', { fhir_comments: ['x'] }, 'error structure Sample.fhir_comments'],
  ['a twin of what is no primitive', { _code: { id: 'a' } }, 'error structure Sample._code'],
  ['a choice without type', { value: 'x' }, 'error structure Sample.value'],
  ['a choice of another type', { valueInteger: 1 }, 'error structure Sample.valueInteger'],
  ['a choice of two types', { valueString: 'x', valueBoolean: true }, 'error structure Sample.value'],
  ['an empty array', { identifier: [] }, 'error structure Sample.identifier'],
  ['an empty twin array', { alias: ['a'], _alias: [] }, 'error structure Sample.alias'],
  ['an empty object', { code: {} }, 'error structure Sample.code'],
  ['an element with an id alone', { code: { id: 'x' } }, 'error structure Sample.code'],
  ['an array for a single element', { code: [{ text: 'x' }] }, 'error structure Sample.code'],
  ['an object for an array', { identifier: { value: '1' } }, 'error structure Sample.identifier'],
  ['an array in an array', { identifier: [[{ value: '1' }]] }, 'error structure Sample.identifier[0]'],
  ['a text for an object', { code: 'x' }, 'error structure Sample.code'],
  ['a number for a text', { date: 2020 }, 'error structure Sample.date'],
  ['a text for a number', { count: '1' }, 'error structure Sample.count'],
  ['null', { date: null }, 'error structure Sample.date'],
  ['null for an object', { identifier: [null] }, 'error structure Sample.identifier[0]'],
  ['null for no reason', { alias: ['a', null] }, 'error structure Sample.alias[1]'],
  ['null on both sides', { alias: [null], _alias: [null] }, 'error structure Sample.alias[0]'],
  ['null in a twin alone', { _alias: [null, { extension: [extension] }] }, 'error structure Sample.alias[0]'],
  ['a hole in an array', { alias: Object.assign([], { 1: 'a' }) }, 'error structure Sample.alias[0]'],
  ['a twin that is a text', { date: '2020', _date: 'x' }, 'error structure Sample.date'],
  ['a twin with a value', { date: '2020', _date: { value: 'x' } }, 'error structure Sample.date.value'],
  ['a code outside the required binding of the type', { status: 'done' }, 'error code-invalid Sample.status'],
  [
    'resourceType on a datatype',
    { code: { resourceType: 'CodeableConcept', text: 'x' } },
    'error structure Sample.code.resourceType',
  ],
  [
    'something wrong deep in a datatype',
    { identifier: [{ value: '1' }, { period: { start: '2020-02-30' } }] },
    'error value Sample.identifier[1].period.start',
  ],
  ['a code of a datatype', { identifier: [{ use: 'x', value: '1' }] }, 'error code-invalid Sample.identifier[0].use'],
  [
    'a part without what it requires',
    { part: [{ name: 'a', part: [{ id: 'x', extension: [extension] }] }] },
    'error required Sample.part[0].part[0].name',
  ],
  ['a narrative that is none', { text: { status: 'generated', div: 'x' } }, 'error value Sample.text.`div`'],
  [
    'a quantity that may not have a comparator',
    { part: [{ name: 'a', unit: { value: 1, comparator: '<' } }] },
    'error structure Sample.part[0].unit.comparator',
  ],
  ['an extension without url', { extension: [{ valueString: 'x' }] }, 'error required Sample.extension[0].url'],
  [
    'an extension with neither value nor extensions',
    { extension: [{ url: 'x' }] },
    'error invariant Sample.extension[0]',
  ],
  [
    'an extension with both',
    { extension: [{ ...extension, extension: [extension] }] },
    'error invariant Sample.extension[0]',
  ],
  ['an unknown modifier extension', { modifierExtension: [extension] }, 'error extension Sample.modifierExtension[0]'],
  [
    'one in a part',
    { part: [{ name: 'a', modifierExtension: [extension] }] },
    'error extension Sample.part[0].modifierExtension[0]',
  ],
  ['a reference to another type', { subject: { reference: 'Device/1' } }, 'error structure Sample.subject'],
  [
    'an absolute one',
    { subject: { reference: 'https://example.org/fhir/Device/1/_history/1' } },
    'error structure Sample.subject',
  ],
  ['a conditional one', { subject: { reference: 'Device?name=x' } }, 'error structure Sample.subject'],
  [
    'another type beside an identifier',
    { subject: { type: 'Device', identifier: { value: '1' } } },
    'error structure Sample.subject',
  ],
  [
    'a type that is another than that of the reference',
    { subject: { reference: 'Patient/1', type: 'Group' } },
    'error structure Sample.subject',
  ],
  ['a relative reference that is none', { subject: { reference: 'somebody' } }, 'error value Sample.subject'],
  [
    'a contained resource of another type',
    { contained: [{ resourceType: 'Device', id: 'd' }], subject: { reference: '#d' } },
    'error structure Sample.subject',
  ],
  ['a contained resource that is not there', { subject: { reference: '#d' } }, 'error not-found Sample.subject'],
  ['a contained text', { contained: ['x'] }, 'error structure Sample.contained[0]'],
  [
    'a contained object without type',
    { contained: [{ id: 'a' }], focus: [{ reference: '#a' }] },
    'error structure Sample.contained[0]',
  ],
  [
    'a contained resource that nobody refers to',
    { contained: [{ resourceType: 'Group', id: 'g' }] },
    'error invariant Sample.contained[0]',
  ],
  [
    'one in a contained one',
    {
      contained: [{ resourceType: 'Group', id: 'g', contained: [{ resourceType: 'List' }] }],
      focus: [{ reference: '#g' }],
    },
    'error invariant Sample.contained[0]',
  ],
  [
    'two contained resources with one id',
    {
      contained: [
        { resourceType: 'Group', id: 'g' },
        { resourceType: 'Group', id: 'g' },
      ],
      subject: { reference: '#g' },
    },
    'error invariant Sample.contained[1]',
  ],
  [
    'a version in a contained one',
    { contained: [{ resourceType: 'Group', id: 'g', meta: { versionId: '1' } }], focus: [{ reference: '#g' }] },
    'error invariant Sample.contained[0]',
  ],
  [
    'a label in a contained one',
    {
      contained: [{ resourceType: 'Group', id: 'g', meta: { security: [{ code: 'x' }] } }],
      focus: [{ reference: '#g' }],
    },
    'error invariant Sample.contained[0]',
  ],
];

it.each(BROKEN.map((each) => ({ name: each[0], each })))('refuses $name', ({ each: [, members, ...issues] }) => {
  expect(issuesOf(table, sample(members)).sort()).toEqual(issues.sort());
});

describe('to be complete', () => {
  const reason = { extension: [extension] };
  const INCOMPLETE: readonly (readonly [name: string, members: object, ...issues: string[]])[] = [
    [
      'a required primitive that only its twin tells of',
      { status: undefined, _status: reason },
      'error required Sample.status',
    ],
    [
      'null where the twin has something',
      { alias: ['a', null], _alias: [null, reason] },
      'error structure Sample.alias[1]',
      'error structure Sample.alias[0]',
    ],
    [
      'a required array of reasons',
      { category: [{ text: 'x' }], _date: undefined, part: [{ _name: reason }] },
      'error required Sample.part[0].name',
    ],
  ];

  it.each(INCOMPLETE.map((each) => ({ name: each[0], each })))(
    'refuses $name when asked',
    ({ each: [, members, ...issues] }) => {
      expect(issuesOf(table, sample(members))).toEqual([]);
      expect(issuesOf(table, sample(members), { complete: true }).sort()).toEqual(issues.sort());
    },
  );

  it('refuses a primitive that the profile requires', () => {
    const asked = sampleProfile({
      date: { min: 1 },
    });
    expect(issuesOf(asked, sample({ _date: reason }))).toEqual([]);
    expect(issuesOf(asked, sample({ _date: reason }), { complete: true })).toEqual(['error required Sample.date']);
  });

  it('refuses nothing that is there', () => {
    for (const [, members] of VALID.filter(([, one]) => !/"?_(?:status|alias)/.test(JSON.stringify(one)))) {
      expect(issuesOf(table, sample(members), { complete: true })).toEqual([]);
    }
  });
});

describe('the root', () => {
  it.each([
    ['null', null, 'error structure Sample'],
    ['undefined', undefined, 'error structure Sample'],
    ['a text', 'x', 'error structure Sample'],
    ['an array', [sample()], 'error structure Sample'],
    ['another resource', { resourceType: 'Patient' }, 'error structure Sample'],
    ['no resource', { status: 'final' }, 'error structure Sample'],
  ])('cannot be %s', (_, value, issue) => {
    expect(issuesOf(table, value)).toEqual([issue]);
  });

  it('may be a datatype', () => {
    const identifier = { url: 'https://example.org/i', type: 'Identifier', rule: { children: { system: { min: 1 } } } };
    expect(issuesOf(identifier, { system: 'urn:x' })).toEqual([]);
    expect(issuesOf(identifier, { value: '1', foo: 1 })).toEqual([
      'error structure Identifier.foo',
      'error required Identifier.system',
    ]);
    expect(issuesOf(identifier, {})).toEqual(['error structure Identifier']);
  });
});

it('knows the modifier extensions of the profile', () => {
  const profile = extensionProfile('https://example.org/m', 'string');
  const slicing = { rules: 'open' as const, slices: [extensionSlice('m', profile)] };
  const table = sampleProfile({ modifierExtension: { slicing } });
  expect(issuesOf(table, sample({ modifierExtension: [{ url: 'https://example.org/m', valueString: 'x' }] }))).toEqual(
    [],
  );
  expect(issuesOf(table, sample({ modifierExtension: [{ url: 'https://example.org/n', valueString: 'x' }] }))).toEqual([
    'error extension Sample.modifierExtension[0]',
  ]);
});

it('looks at nothing that someone added to the prototype of all objects', () => {
  const value = sample({});
  let verdict: boolean;
  Object.defineProperty(Object.prototype, 'added', { value: 'x', enumerable: true, configurable: true });
  try {
    verdict = conforms(table, value);
  } finally {
    Reflect.deleteProperty(Object.prototype, 'added');
  }
  expect(verdict).toBe(true);
});

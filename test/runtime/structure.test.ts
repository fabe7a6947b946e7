import { describe, expect, it } from 'vitest';
import { conforms } from '../../templates/runtime/guard.js';
import { extensionProfile, extensionSlice, issuesOf, sample, sampleProfile } from './sample.js';

/** Rules for every resource: FHIR R4, JSON Representation of Resources. */
const table = sampleProfile();
const extension = { url: 'https://example.org/e', valueString: 'x' };

const VALID: readonly (readonly [name: string, members: object])[] = [
  ['a minimal instance', {}],
  ['undefined members', { code: undefined, _date: undefined }],
  ['a primitive with its underscore member', { date: '2020', _date: { id: 'a', extension: [extension] } }],
  ['an underscore member with only an id beside its value', { date: '2020', _date: { id: 'a' } }],
  ['an underscore member without value', { _date: { extension: [extension] } }],
  ['a required primitive with only its underscore member', { status: undefined, _status: { extension: [extension] } }],
  ['nulls where the underscore array has items', { alias: ['a', null], _alias: [null, { extension: [extension] }] }],
  ['an underscore array that is shorter', { alias: ['a', 'b'], _alias: [{ id: 'x' }] }],
  ['an underscore array alone', { _alias: [{ extension: [extension] }] }],
  ['a choice', { valueString: 'x' }],
  ['a choice with its underscore member', { valueString: 'x', _valueString: { id: 'a' } }],
  ['a choice of a complex type', { valueQuantity: { value: 1.5, unit: 'mm' } }],
  ['nested parts', { part: [{ name: 'a', part: [{ name: 'b', part: [{ name: 'c' }] }] }] }],
  ['unknown extensions', { extension: [extension, { url: 'https://example.org/f', extension: [extension] }] }],
  [
    'an extension whose value has an underscore member',
    { extension: [{ url: 'https://example.org/e', _valueString: { extension: [extension] } }] },
  ],
  ['references with a type', { subject: { reference: 'Patient/1' } }],
  ['references with a version', { subject: { reference: 'Patient/1/_history/2' } }],
  ['absolute references', { subject: { reference: 'https://example.org/fhir/Group/1' } }],
  ['absolute references without a type', { subject: { reference: 'https://example.org/x' } }],
  ['conditional references', { subject: { reference: 'Patient?identifier=x|1' } }],
  ['urn references', { subject: { reference: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' } }],
  ['logical references', { subject: { type: 'Group', identifier: { value: '1' } } }],
  ['references with only a display', { subject: { display: 'somebody' } }],
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
  ['a missing required element', { status: undefined }, 'error required Sample.status'],
  [
    'a required element whose underscore member has only an id',
    { status: undefined, _status: { id: 'a' } },
    'error required Sample.status',
    'error structure Sample.status',
  ],
  ['an unknown property', { colour: 1 }, 'error structure Sample.colour'],
  ['an unknown property that is not an identifier', { 'a b': 1 }, 'error structure Sample.`a b`'],
  ['a comment', { fhir_comments: ['x'] }, 'error structure Sample.fhir_comments'],
  ['an underscore member of a complex element', { _code: { id: 'a' } }, 'error structure Sample._code'],
  ['a choice without type', { value: 'x' }, 'error structure Sample.value'],
  ['a choice of another type', { valueInteger: 1 }, 'error structure Sample.valueInteger'],
  ['a choice of two types', { valueString: 'x', valueBoolean: true }, 'error structure Sample.value'],
  ['an empty array', { identifier: [] }, 'error structure Sample.identifier'],
  ['an empty underscore array', { alias: ['a'], _alias: [] }, 'error structure Sample.alias'],
  ['an empty object', { code: {} }, 'error structure Sample.code'],
  ['an element with only an id', { code: { id: 'x' } }, 'error structure Sample.code'],
  ['an array for a single element', { code: [{ text: 'x' }] }, 'error structure Sample.code'],
  ['an object for an array', { identifier: { value: '1' } }, 'error structure Sample.identifier'],
  ['an array in an array', { identifier: [[{ value: '1' }]] }, 'error structure Sample.identifier[0]'],
  ['a string for an object', { code: 'x' }, 'error structure Sample.code'],
  ['a number for a string', { date: 2020 }, 'error structure Sample.date'],
  ['a string for a number', { count: '1' }, 'error structure Sample.count'],
  ['null', { date: null }, 'error structure Sample.date'],
  ['null for an object', { identifier: [null] }, 'error structure Sample.identifier[0]'],
  ['null without an underscore item', { alias: ['a', null] }, 'error structure Sample.alias[1]'],
  ['null in both arrays', { alias: [null], _alias: [null] }, 'error structure Sample.alias[0]'],
  [
    'null in an underscore array alone',
    { _alias: [null, { extension: [extension] }] },
    'error structure Sample.alias[0]',
  ],
  ['a hole in an array', { alias: Object.assign([], { 1: 'a' }) }, 'error structure Sample.alias[0]'],
  ['an underscore member that is a string', { date: '2020', _date: 'x' }, 'error structure Sample.date'],
  ['an underscore member with a value', { date: '2020', _date: { value: 'x' } }, 'error structure Sample.date.value'],
  ['a code outside the required binding of the type', { status: 'done' }, 'error code-invalid Sample.status'],
  [
    'resourceType on a datatype',
    { code: { resourceType: 'CodeableConcept', text: 'x' } },
    'error structure Sample.code.resourceType',
  ],
  [
    'a fault deep in a datatype',
    { identifier: [{ value: '1' }, { period: { start: '2020-02-30' } }] },
    'error value Sample.identifier[1].period.start',
  ],
  ['a code of a datatype', { identifier: [{ use: 'x', value: '1' }] }, 'error code-invalid Sample.identifier[0].use'],
  [
    'a part without a required element',
    { part: [{ name: 'a', part: [{ id: 'x', extension: [extension] }] }] },
    'error required Sample.part[0].part[0].name',
  ],
  ['an invalid narrative', { text: { status: 'generated', div: 'x' } }, 'error value Sample.text.`div`'],
  [
    'a quantity with a prohibited comparator',
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
    'an unknown modifier extension in a part',
    { part: [{ name: 'a', modifierExtension: [extension] }] },
    'error extension Sample.part[0].modifierExtension[0]',
  ],
  ['a reference to another type', { subject: { reference: 'Device/1' } }, 'error structure Sample.subject'],
  [
    'an absolute reference to another type',
    { subject: { reference: 'https://example.org/fhir/Device/1/_history/1' } },
    'error structure Sample.subject',
  ],
  [
    'a conditional reference to another type',
    { subject: { reference: 'Device?name=x' } },
    'error structure Sample.subject',
  ],
  [
    'another type beside an identifier',
    { subject: { type: 'Device', identifier: { value: '1' } } },
    'error structure Sample.subject',
  ],
  [
    'a type that differs from that of the reference',
    { subject: { reference: 'Patient/1', type: 'Group' } },
    'error structure Sample.subject',
  ],
  ['a relative reference that is invalid', { subject: { reference: 'somebody' } }, 'error value Sample.subject'],
  [
    'a contained resource of another type',
    { contained: [{ resourceType: 'Device', id: 'd' }], subject: { reference: '#d' } },
    'error structure Sample.subject',
  ],
  ['a contained resource that does not exist', { subject: { reference: '#d' } }, 'error not-found Sample.subject'],
  ['a contained string', { contained: ['x'] }, 'error structure Sample.contained[0]'],
  [
    'a contained object without resourceType',
    { contained: [{ id: 'a' }], focus: [{ reference: '#a' }] },
    'error structure Sample.contained[0]',
  ],
  [
    'a contained resource without a reference to it',
    { contained: [{ resourceType: 'Group', id: 'g' }] },
    'error invariant Sample.contained[0]',
  ],
  [
    'a contained resource in a contained resource',
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
    'a version in a contained resource',
    { contained: [{ resourceType: 'Group', id: 'g', meta: { versionId: '1' } }], focus: [{ reference: '#g' }] },
    'error invariant Sample.contained[0]',
  ],
  [
    'a security label in a contained resource',
    {
      contained: [{ resourceType: 'Group', id: 'g', meta: { security: [{ code: 'x' }] } }],
      focus: [{ reference: '#g' }],
    },
    'error invariant Sample.contained[0]',
  ],
];

it.each(BROKEN.map((each) => ({ name: each[0], each })))('rejects $name', ({ each: [, members, ...issues] }) => {
  expect(issuesOf(table, sample(members)).sort()).toEqual(issues.sort());
});

describe('with the option complete, a guard', () => {
  const reason = { extension: [extension] };
  const INCOMPLETE: readonly (readonly [name: string, members: object, ...issues: string[]])[] = [
    [
      'a required primitive with only its underscore member',
      { status: undefined, _status: reason },
      'error required Sample.status',
    ],
    [
      'null where the underscore array has an item',
      { alias: ['a', null], _alias: [null, reason] },
      'error structure Sample.alias[1]',
      'error structure Sample.alias[0]',
    ],
    [
      'a required array with reasons only',
      { category: [{ text: 'x' }], _date: undefined, part: [{ _name: reason }] },
      'error required Sample.part[0].name',
    ],
  ];

  it.each(INCOMPLETE.map((each) => ({ name: each[0], each })))('rejects $name', ({ each: [, members, ...issues] }) => {
    expect(issuesOf(table, sample(members))).toEqual([]);
    expect(issuesOf(table, sample(members), { complete: true }).sort()).toEqual(issues.sort());
  });

  it('rejects a required primitive of the profile with only its underscore member', () => {
    const asked = sampleProfile({
      date: { min: 1 },
    });
    expect(issuesOf(asked, sample({ _date: reason }))).toEqual([]);
    expect(issuesOf(asked, sample({ _date: reason }), { complete: true })).toEqual(['error required Sample.date']);
  });

  it('accepts all that is present', () => {
    for (const [, members] of VALID.filter(([, one]) => !/"?_(?:status|alias)/.test(JSON.stringify(one)))) {
      expect(issuesOf(table, sample(members), { complete: true })).toEqual([]);
    }
  });
});

describe('the root', () => {
  it.each([
    ['null', null, 'error structure Sample'],
    ['undefined', undefined, 'error structure Sample'],
    ['a string', 'x', 'error structure Sample'],
    ['an array', [sample()], 'error structure Sample'],
    ['another resource', { resourceType: 'Patient' }, 'error structure Sample'],
    ['an object without resourceType', { status: 'final' }, 'error structure Sample'],
  ])('may not be %s', (_, value, issue) => {
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

it('modifier extensions of the profile are known', () => {
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

it('enumerable members of Object.prototype are ignored', () => {
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

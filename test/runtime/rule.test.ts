import { describe, expect, it } from 'vitest';
import { bundleRules } from '../../templates/runtime/bundle.js';
import { codesWhere } from '../../templates/runtime/codes-where.js';
import type { CodeSet, ElementRule, ProfileTable } from '../../templates/runtime/table.js';
import { validate } from '../../templates/runtime/validate.js';
import { codeSet, issuesOf, sample, sampleProfile, sampleType } from './sample.js';

type Case = readonly [
  name: string,
  rule: Readonly<Record<string, ElementRule>>,
  good: readonly object[],
  bad: readonly (readonly [object, ...string[]])[],
];

const oid: ProfileTable = {
  url: 'https://example.org/oid',
  type: 'Identifier',
  rule: { children: { system: { min: 1, fixed: 'urn:ietf:rfc:3986' }, value: { min: 1 } } },
};
const local: ProfileTable = {
  url: 'https://example.org/local',
  type: 'Identifier',
  rule: { children: { type: { min: 1 }, value: { min: 1 }, period: { min: 1 } } },
};
const S = 'https://example.org/s';
const extension = [{ url: 'https://example.org/e', valueString: 'x' }];

const CASES: readonly Case[] = [
  [
    'min and max',
    { alias: { min: 1, max: 2 }, part: { children: { unit: { min: 1 }, part: { max: 0 } } } },
    [{ alias: ['a'] }, { alias: ['a', 'b'], part: [{ name: 'x', unit: { value: 1 } }] }, { _alias: [{ extension }] }],
    [
      [{}, 'error required Sample.alias'],
      [{ alias: [] }, 'error structure Sample.alias'],
      [{ alias: ['a', 'b', 'c'] }, 'error structure Sample.alias'],
      [{ alias: ['a'], part: [{ name: 'x' }] }, 'error required Sample.part[0].unit'],
      [
        { alias: ['a'], part: [{ name: 'x', unit: { value: 1 }, part: [{ name: 'y' }] }] },
        'error structure Sample.part[0].part',
      ],
    ],
  ],
  [
    'a prohibited choice',
    { 'value[x]': { max: 0 } },
    [{}],
    [
      [{ valueString: 'x' }, 'error structure Sample.value'],
      [{ _valueString: { extension } }, 'error structure Sample.value'],
    ],
  ],
  [
    'the types of a choice',
    { 'value[x]': { min: 1, types: [{ code: 'Quantity' }, { code: 'string' }] } },
    [{ valueQuantity: { value: 1 } }, { valueString: 'x' }, { _valueString: { extension } }],
    [
      [{}, 'error required Sample.value'],
      [{ valueBoolean: true }, 'error structure Sample.value'],
    ],
  ],
  [
    'the elements of a choice',
    { 'value[x]': { children: { code: { min: 1 } } } },
    [{ valueQuantity: { value: 1, system: 'urn:x', code: 'x' } }, {}],
    [[{ valueQuantity: { value: 1 } }, 'error required Sample.value.code']],
  ],
  [
    'a fixed primitive',
    { date: { fixed: '2020' }, count: { fixed: 0 } },
    [{}, { date: '2020', count: 0 }],
    [
      [{ date: '2021' }, 'error value Sample.date'],
      [{ count: 1 }, 'error value Sample.count'],
      [{ _date: { extension } }, 'error value Sample.date'],
      [{ date: '2020', _date: { extension } }, 'error value Sample.date'],
      [{ date: '2020', _date: { id: 'x' } }, 'error value Sample.date'],
      [{ count: 0, _count: { extension } }, 'error value Sample.count'],
    ],
  ],
  [
    'a pattern on a primitive, beside other members',
    { date: { pattern: '2020' } },
    [{ date: '2020', _date: { extension } }],
    [[{ date: '2021', _date: { extension } }, 'error value Sample.date']],
  ],
  [
    'a fixed choice, and fixed items',
    { 'value[x]': { fixed: 'x' }, alias: { fixed: 'a' } },
    [{ valueString: 'x', alias: ['a', 'a'] }],
    [
      [{ valueString: 'x', _valueString: { extension } }, 'error value Sample.value'],
      [{ alias: ['a', 'a'], _alias: [null, { extension }] }, 'error value Sample.alias[1]'],
    ],
  ],
  [
    'a fixed object: all members and no others',
    { code: { fixed: { coding: [{ system: S, code: 'a' }] } } },
    [{ code: { coding: [{ code: 'a', system: S }] } }],
    [
      [{ code: { coding: [{ code: 'a', system: S }], text: 'x' } }, 'error value Sample.code'],
      [{ code: { coding: [{ code: 'a', system: S, display: 'x' }] } }, 'error value Sample.code'],
      [{ code: { coding: [{ code: 'a' }] } }, 'error value Sample.code'],
      [
        { code: { coding: [{ code: 'a', system: S }], constructor: 1 } },
        'error value Sample.code',
        'error structure Sample.code.constructor',
      ],
      [
        {
          code: {
            coding: [
              { code: 'a', system: S },
              { code: 'a', system: S },
            ],
          },
        },
        'error value Sample.code',
      ],
    ],
  ],
  [
    'a pattern: its members and any others',
    { code: { pattern: { coding: [{ system: S, code: 'a' }] } }, category: { pattern: { text: 'x' } } },
    [
      { code: { text: 'x', coding: [{ code: 'z' }, { system: S, code: 'a', display: 'A' }] } },
      { category: [{ text: 'x' }, { text: 'x', coding: [{ code: 'z' }] }] },
    ],
    [
      [{ code: { text: 'x' } }, 'error value Sample.code'],
      [{ code: { coding: [{ system: S }, { code: 'a' }] } }, 'error value Sample.code'],
      [{ category: [{ text: 'x' }, { text: 'y' }] }, 'error value Sample.category[1]'],
    ],
  ],
  [
    'a required binding of a code',
    { status: { codes: codeSet(['final']) }, alias: { codes: codeSet(['a', 'b']) } },
    [{ alias: ['a', 'b'] }],
    [
      [{ status: 'draft' }, 'error code-invalid Sample.status'],
      [{ alias: ['a', 'c'] }, 'error code-invalid Sample.alias[1]'],
    ],
  ],
  [
    'a required binding of concepts and codings: system and code',
    { code: { codes: codeSet(['a']) }, coding: { codes: codeSet(['a']) } },
    [
      {
        code: {
          coding: [
            { system: 'urn:x', code: 'z' },
            { system: S, code: 'a' },
          ],
        },
      },
      { coding: { system: S, code: 'a', display: 'A' } },
    ],
    [
      [{ code: { coding: [{ system: S, code: 'b' }] } }, 'error code-invalid Sample.code'],
      [{ code: { coding: [{ code: 'a' }] } }, 'error code-invalid Sample.code'],
      [{ code: { text: 'a' } }, 'error code-invalid Sample.code'],
      [{ coding: { system: 'urn:x', code: 'a' } }, 'error code-invalid Sample.coding'],
      [{ coding: { system: S } }, 'error code-invalid Sample.coding'],
      [{ coding: { display: 'A' } }, 'error code-invalid Sample.coding'],
    ],
  ],
  [
    'a required binding of a choice, for the types that have codes',
    { 'value[x]': { codes: codeSet(['a']) } },
    [
      { valueCodeableConcept: { coding: [{ system: S, code: 'a' }] } },
      { valueQuantity: { value: 1, system: S, code: 'a' } },
      { valueQuantity: { value: 1 } },
      { valueBoolean: true },
      { valueDateTime: '2020' },
      { valueString: 'a' },
    ],
    [
      [{ valueCodeableConcept: { text: 'a' } }, 'error code-invalid Sample.value'],
      [{ valueQuantity: { value: 1, system: S, code: 'b' } }, 'error code-invalid Sample.value'],
      [{ valueString: 'b' }, 'error code-invalid Sample.value'],
    ],
  ],
  [
    'a binding whose value set is not known completely',
    { coding: { codes: codeSet(['a'], { open: true }) }, alias: { codes: codeSet(['a'], { open: true }) } },
    [{ coding: { system: S, code: 'a' } }, { coding: { system: 'urn:x', code: 'z' } }, { alias: ['z'] }],
    [[{ coding: { system: S, code: 'z' } }, 'error code-invalid Sample.coding']],
  ],
  [
    'a binding to all codes of a system',
    { coding: { codes: codeSet(true) }, alias: { codes: codeSet(true) } },
    [{ coding: { system: S, code: 'anything' }, alias: ['anything'] }],
    [[{ coding: { system: 'urn:x', code: 'anything' } }, 'error code-invalid Sample.coding']],
  ],
  [
    'an extensible binding, with information only',
    { code: { suggested: codeSet(['a']) } },
    [{ code: { coding: [{ system: S, code: 'a' }] } }],
    [
      [{ code: { coding: [{ system: 'urn:x', code: 'b' }] } }, 'information code-invalid Sample.code'],
      [{ code: { text: 'b' } }, 'information code-invalid Sample.code'],
    ],
  ],
  [
    'minimum and maximum of a number',
    { count: { minValue: 1, maxValue: 3 } },
    [{ count: 1 }, { count: 3 }, {}],
    [
      [{ count: 0 }, 'error value Sample.count'],
      [{ count: 4 }, 'error value Sample.count'],
    ],
  ],
  [
    'minimum and maximum of a date',
    { date: { minValue: '2020-02-03T12:00:00+01:00', maxValue: '2021' } },
    // The order of two dates is undecidable if one is a prefix of the other.
    [{ date: '2020' }, { date: '2020-02' }, { date: '2020-02-03T11:00:00Z' }, { date: '2021-12' }],
    [
      [{ date: '2019-12' }, 'error value Sample.date'],
      [{ date: '2020-02-03T12:30:00+02:00' }, 'error value Sample.date'],
      [{ date: '2022-01-01' }, 'error value Sample.date'],
    ],
  ],
  [
    'minimum of a Quantity',
    { 'value[x]': { minValue: { value: 2, unit: 'mm' } } },
    [{ valueQuantity: { value: 2, unit: 'mm' } }, { valueQuantity: { value: 1, unit: 'm' } }, { valueBoolean: true }],
    [[{ valueQuantity: { value: 1.5, unit: 'mm' } }, 'error value Sample.value']],
  ],
  [
    'maxLength',
    { alias: { maxLength: 3 } },
    [{ alias: ['abc'] }],
    [[{ alias: ['abc', 'abcd'] }, 'error too-long Sample.alias[1]']],
  ],
  [
    'maxLength, in characters rather than UTF-16 units',
    { alias: { maxLength: 3 } },
    [{ alias: ['\u{1f600}\u{1f600}\u{1f600}', 'a\u{10437}b'] }],
    [
      [
        { alias: ['\u{1f600}\u{1f600}\u{1f600}\u{1f600}', '\ud83d\ud83d\ud83d\ud83d'] },
        ...[0, 1].map((at) => `error too-long Sample.alias[${at}]`),
      ],
    ],
  ],
  [
    'a profile on a datatype',
    { identifier: { types: [{ code: 'Identifier', profiles: [() => oid] }] } },
    [{ identifier: [{ system: 'urn:ietf:rfc:3986', value: '1' }] }],
    [
      [{ identifier: [{ system: 'urn:ietf:rfc:3986' }] }, 'error required Sample.identifier[0].value'],
      [{ identifier: [{ system: 'urn:x', value: '1' }] }, 'error value Sample.identifier[0].system'],
    ],
  ],
  [
    'several profiles on a type, with the issues of the closest one',
    { identifier: { types: [{ code: 'Identifier', profiles: [() => local, () => oid] }] } },
    [
      {
        identifier: [
          { system: 'urn:ietf:rfc:3986', value: '1' },
          { type: { text: 'x' }, value: '1', period: { start: '2020' } },
        ],
      },
    ],
    [
      [{ identifier: [{ value: '1', type: { text: 'x' } }] }, 'error required Sample.identifier[0].period'],
      [{ identifier: [{ value: '1' }] }, 'error required Sample.identifier[0].system'],
    ],
  ],
  [
    'a profile on one type of a choice',
    {
      'value[x]': {
        types: [
          {
            code: 'Quantity',
            profiles: [() => ({ url: 'q', type: 'Quantity', rule: { children: { unit: { min: 1 } } } })],
          },
          { code: 'Range' },
        ],
      },
    },
    [{ valueQuantity: { unit: 'mm' } }, { valueRange: { low: { value: 1 } } }],
    [[{ valueQuantity: { value: 1 } }, 'error required Sample.value.unit']],
  ],
  [
    'targets of references',
    { focus: { types: [{ code: 'Reference', targets: ['Patient', 'Group|https://example.org/g'] }] } },
    [{ focus: [{ reference: 'Patient/1' }, { reference: 'Group/1' }, { display: 'x' }, { reference: 'urn:oid:1.2' }] }],
    [
      [{ focus: [{ reference: 'Patient/1' }, { reference: 'Device/1' }] }, 'error structure Sample.focus[1]'],
      [{ focus: [{ type: 'Device', identifier: { value: '1' } }] }, 'error structure Sample.focus[0]'],
    ],
  ],
  [
    'fewer targets than the type has, reported once',
    { subject: { types: [{ code: 'Reference', targets: ['Patient'] }] } },
    [{ subject: { reference: 'Patient/1' } }],
    [
      [{ subject: { reference: 'Group/1' } }, 'error structure Sample.subject'],
      [{ subject: { reference: 'Device/1' } }, 'error structure Sample.subject'],
    ],
  ],
  [
    'extensions of a primitive',
    { date: { children: { extension: { min: 1 }, id: { max: 0 } } } },
    [{}, { date: '2020', _date: { extension } }],
    [
      [{ date: '2020' }, 'error required Sample.date.extension'],
      [{ date: '2020', _date: { id: 'x', extension } }, 'error structure Sample.date.id'],
    ],
  ],
  [
    'the types of contained resources',
    { contained: { types: [{ code: 'Group' }, { code: 'Device' }] } },
    [{ contained: [{ resourceType: 'Group', id: 'g' }], focus: [{ reference: '#g' }] }],
    [
      [
        { contained: [{ resourceType: 'List', id: 'g' }], focus: [{ reference: '#g' }] },
        'error structure Sample.contained[0]',
      ],
    ],
  ],
];

describe.each(CASES)('%s', (_, rule, good, bad) => {
  const table = sampleProfile(rule);

  it('accepts values that conform', () => {
    for (const members of good) expect(issuesOf(table, sample(members)), JSON.stringify(members)).toEqual([]);
  });

  it('reports exactly the issues of values that do not', () => {
    for (const [members, ...issues] of bad) {
      expect(issuesOf(table, sample(members)), JSON.stringify(members)).toEqual(issues);
    }
  });
});

describe('resources within a resource', () => {
  const group: ProfileTable = {
    url: 'https://example.org/group',
    type: 'Group',
    base: { id: '0..1 id', meta: '0..1 Meta', name: '0..1 string', member: '0..1 Reference(Sample)' },
    rule: { children: { name: { min: 1 } } },
  };
  const derived: ProfileTable = { ...group, url: 'https://example.org/derived', ancestors: [group.url], rule: {} };
  const profiles = new Map([group, derived].map((table) => [table.url, table]));
  const table = sampleProfile({ focus: { types: [{ code: 'Reference', targets: [`Group|${group.url}`] }] } });
  const container = (resource: object): object =>
    sample({ contained: [{ resourceType: 'Group', id: 'g', ...resource }], focus: [{ reference: '#g' }] });

  it('are validated by their FHIR type if the profile names it', () => {
    const group = { id: '0..1 id', name: '1..1 string' };
    const named = sampleProfile({ contained: { types: [{ code: 'Group', base: group }, { code: 'Device' }] } });
    expect(issuesOf(named, container({ name: 'x' }))).toEqual([]);
    expect(issuesOf(named, container({ name: 'x', colour: 1 }))).toEqual([
      'error structure Sample.contained[0].colour',
    ]);
    expect(issuesOf(named, container({}))).toEqual(['error required Sample.contained[0].name']);
  });

  it('are validated by the profiles that they claim, if these are loaded', () => {
    const claim = { meta: { profile: [`${group.url}|1.0`] } };
    expect(issuesOf(sampleProfile(), container({ ...claim, name: 'x' }), { profiles })).toEqual([]);
    expect(issuesOf(sampleProfile(), container(claim), { profiles })).toEqual([
      'error required Sample.contained[0].name',
    ]);
    expect(issuesOf(sampleProfile(), container(claim))).toEqual([]);
    expect(issuesOf(sampleProfile(), container({ ...claim, name: 'x', colour: 1 }), { profiles })).toEqual([
      'error structure Sample.contained[0].colour',
    ]);
  });

  it('are validated as targets, by the profiles that they claim or match', () => {
    expect(issuesOf(table, container({ name: 'x' }), { profiles })).toEqual([]);
    expect(issuesOf(table, container({ meta: { profile: [derived.url] } }), { profiles })).toEqual([]);
    expect(issuesOf(table, container({}), { profiles })).toEqual(['error structure Sample.focus[0]']);
    expect(issuesOf(table, container({}))).toEqual([]);
    expect(issuesOf(table, sample({ focus: [{ reference: 'Group/1' }] }), { profiles })).toEqual([]);
  });

  const bundle: ProfileTable = {
    url: 'https://example.org/bundle',
    type: 'Bundle',
    base: {
      id: '0..1 id',
      type: '1..1 code',
      entry: {
        is: '0..* BackboneElement',
        children: { id: '0..1 string', fullUrl: '0..1 uri', resource: '0..1 Resource' },
      },
    },
    rule: {
      children: {
        entry: { children: { resource: { types: [{ code: 'Sample', profiles: [() => table] }, { code: 'Group' }] } } },
      },
    },
    bundle: bundleRules,
  };
  const bundleOf = (...entry: object[]): object => ({ resourceType: 'Bundle', type: 'collection', entry });
  const uuid = 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520';

  it('are validated by the profile of the element, and resolved within the Bundle', () => {
    const referring = (reference: string): object => ({ resource: sample({ focus: [{ reference }] }) });
    const nameless = { fullUrl: uuid, resource: { resourceType: 'Group', id: '1' } };
    const named = { fullUrl: uuid, resource: { resourceType: 'Group', id: '1', name: 'x' } };
    expect(issuesOf(bundle, bundleOf(referring(uuid), named), { profiles })).toEqual([]);
    expect(issuesOf(bundle, bundleOf(referring(uuid), nameless), { profiles })).toEqual([
      'error structure Bundle.entry[0].resource.focus[0]',
    ]);
    expect(issuesOf(bundle, bundleOf(referring('Group/1'), nameless), { profiles })).toEqual([]);
    expect(issuesOf(bundle, bundleOf(referring('urn:uuid:0'), nameless), { profiles })).toEqual([]);
    const device = { fullUrl: uuid, resource: { resourceType: 'Device' } };
    expect(issuesOf(bundle, bundleOf(referring(uuid), device))).toEqual([
      'error structure Bundle.entry[0].resource.focus[0]',
      'error structure Bundle.entry[1].resource',
    ]);
    expect(issuesOf(bundle, bundleOf({ resource: { resourceType: 'Sample' } }))).toEqual([
      'error required Bundle.entry[0].resource.status',
    ]);
  });

  it('are not resolved if two entries have the same address', () => {
    const one = { fullUrl: uuid, resource: { resourceType: 'Group', name: 'x' } };
    const referring = { resource: sample({ focus: [{ reference: uuid }] }) };
    expect(
      issuesOf(bundle, bundleOf(referring, one, { ...one, resource: { resourceType: 'Group' } }), { profiles }),
    ).toEqual(['error invariant Bundle.entry[2].fullUrl']);
  });

  it('may refer to each other in a cycle', () => {
    const circular = {
      ...group,
      rule: { children: { member: { types: [{ code: 'Reference', targets: [`Sample|${table.url}`] }] } } },
    };
    const all = new Map([
      [group.url, circular],
      [table.url, table],
    ]);
    const members = bundleOf(
      { fullUrl: 'urn:oid:1.1', resource: { resourceType: 'Group', member: { reference: 'urn:oid:1.2' } } },
      { fullUrl: 'urn:oid:1.2', resource: sample({ focus: [{ reference: 'urn:oid:1.1' }] }) },
    );
    expect(issuesOf(bundle, members, { profiles: all })).toEqual([]);
  });
});

describe('an invariant with an engine', () => {
  const rule = (severity: 'error' | 'warning'): ProfileTable =>
    sampleProfile({ part: { invariants: [{ key: 'x-1', severity, expression: 'name.exists()' }] } });
  const value = sample({ part: [{ name: 'x' }] });

  it('is skipped if there is no engine', () => {
    expect(issuesOf(rule('error'), value)).toEqual([]);
  });

  it.each([[true], [[true]], [['x']], [1]])('passes if the engine returns %j', (result) => {
    expect(issuesOf(rule('error'), value, { fhirpath: () => result })).toEqual([]);
  });

  it.each([[false], [[false]], [[]], [undefined], [null], [[true, true]]])(
    'fails if the engine returns %j',
    (result) => {
      expect(issuesOf(rule('error'), value, { fhirpath: () => result })).toEqual(['error invariant Sample.part[0]']);
      expect(issuesOf(rule('warning'), value, { fhirpath: () => result })).toEqual([
        'warning invariant Sample.part[0]',
      ]);
    },
  );

  it('is reported as information if the engine throws', () => {
    const fhirpath = (): never => {
      throw new Error('no such function');
    };
    expect(issuesOf(rule('error'), value, { fhirpath })).toEqual(['information exception Sample.part[0]']);
  });

  it('passes node, expression and context to the engine', () => {
    const calls: unknown[] = [];
    const fhirpath = (...call: readonly unknown[]): boolean => calls.push(call) > 0;
    validate(rule('error'), value, { fhirpath });
    const context = { resource: value, rootResource: value, path: 'Sample.part' };
    expect(calls).toEqual([[{ name: 'x' }, 'name.exists()', context]]);
  });
});

/** FHIR R4, the extension elementdefinition-maxValueSet. */
describe('the maximum value set of an extensible binding', () => {
  const table = sampleProfile({
    code: { suggested: codeSet(['a']), maxCodes: codeSet(['a', 'b']) },
    alias: { maxCodes: codeSet(['x']) },
    'value[x]': { maxCodes: codeSet(['x']) },
  });
  const coded = (system: string, code: string): object => ({ code: { coding: [{ system, code }] } });

  it.each([
    [coded(S, 'a'), []],
    [coded(S, 'b'), ['information code-invalid Sample.code']],
    [coded(S, 'c'), ['error code-invalid Sample.code']],
    [coded('urn:other', 'a'), ['error code-invalid Sample.code']],
    [{ code: { text: 'a' } }, ['error code-invalid Sample.code']],
    [{ alias: ['x', 'y'] }, ['error code-invalid Sample.alias[1]']],
    [{ valueBoolean: true }, []],
    [{ valueString: 'y' }, ['error code-invalid Sample.value']],
  ])('applies: %j', (members, issues) => {
    expect(issuesOf(table, sample(members))).toEqual(issues);
  });
});

/** FHIR R5, ElementDefinition.binding.additional.usage. */
describe('a required binding with a usage context', () => {
  const table = sampleProfile({
    code: {
      codesWhere: codesWhere([
        { at: 'Sample.category', is: [{ system: S, code: 'x' }, { code: 'y' }], codes: codeSet(['a']) },
        { at: 'Sample.value[x]', is: [{ value: 1 }], codes: codeSet(['b']) },
        { at: 'Other.category', is: [{ code: 'z' }], codes: codeSet(['c']) },
      ]),
    },
  });
  const code = { coding: [{ system: S, code: 'a' }] };
  const other = { coding: [{ system: S, code: 'o' }] };
  const wrong = ['error code-invalid Sample.code'];
  const category = (system: string, value: string) => ({
    category: [{ text: 't' }, { coding: [{ system, code: value }] }],
  });

  it.each([
    [{ code: other }, []],
    [{ code: other, ...category(S, 'x') }, wrong],
    [{ code: other, ...category('urn:other', 'y') }, wrong],
    [{ code, ...category(S, 'x') }, []],
    [{ code: other, ...category('urn:other', 'x') }, []],
    [{ code: other, ...category(S, 'z') }, []],
    [{ code: other, valueQuantity: { value: 1, unit: 'g' } }, wrong],
    [{ code: other, valueQuantity: { value: 2 } }, []],
  ])('applies if the resource shows the usage: %j', (members, issues) => {
    expect(issuesOf(table, sample(members))).toEqual(issues);
  });
});

/** FHIR R4, CodeSystem.caseSensitive. */
describe('a code of a case-insensitive system', () => {
  const codes: CodeSet = {
    url: 'https://example.org/codes',
    systems: [
      [S, ['Abc'], 'anyCase'],
      ['https://example.org/t', ['Def']],
    ],
  };
  const table = sampleProfile({ code: { codes }, alias: { codes }, category: { suggested: codes } });
  const coded = (system: string, code: string): object => ({ coding: [{ system, code }] });

  it.each([
    [{ code: coded(S, 'ABC'), alias: ['abc', 'Abc'], category: [coded(S, 'aBC')] }, []],
    [{ code: coded('https://example.org/t', 'def') }, ['error code-invalid Sample.code']],
    [{ alias: ['DEF', 'Def', 'Xyz'] }, [0, 2].map((at) => `error code-invalid Sample.alias[${at}]`)],
  ])('matches in any case: %j', (members, issues) => {
    expect(issuesOf(table, sample(members))).toEqual(issues);
  });

  it('must be written as in the type if the guard guarantees the type', () => {
    expect(issuesOf(table, sample({ code: coded(S, 'Abc') }), { complete: true })).toEqual([]);
    expect(issuesOf(table, sample({ code: coded(S, 'ABC') }), { complete: true })).toEqual([
      'error code-invalid Sample.code',
    ]);
  });
});

/** FHIR R4, Data Types: rules that apply to a datatype everywhere. */
describe('an invariant of a datatype', () => {
  const within = (value: object): object => sample({ extension: [{ url: 'https://example.org/e', ...value }] });
  const repeat = { duration: 1 };

  it.each([
    [
      'qty-3',
      { valueQuantity: { value: 1, code: 'mm' } },
      { valueQuantity: { value: 1, code: 'mm', system: 'urn:x' } },
    ],
    ['cpt-2', { valueContactPoint: { value: '1' } }, { valueContactPoint: { value: '1', system: 'phone' } }],
    ['att-1', { valueAttachment: { data: 'AAAA' } }, { valueAttachment: { data: 'AAAA', contentType: 'text/plain' } }],
    ['tim-1', { valueTiming: { repeat } }, { valueTiming: { repeat: { ...repeat, durationUnit: 'h' } } }],
  ])('is checked without an engine: %s', (key, bad, good) => {
    expect(issuesOf(sampleProfile(), within(good))).toEqual([]);
    const issues = validate(sampleProfile(), within(bad));
    expect(issues.map(({ code, diagnostics }) => [code, diagnostics.includes(key)])).toEqual([['invariant', true]]);
  });

  it('is passed to the engine with the name of the datatype if only an engine can decide', () => {
    const calls: (readonly unknown[])[] = [];
    const fhirpath = (_: unknown, expression: string, { path }: { readonly path: string }): boolean => {
      calls.push([path, expression]);
      return false;
    };
    const value = within({ valuePeriod: { start: '2021', end: '2020' } });
    expect(issuesOf(sampleProfile(), value)).toEqual([]);
    expect(issuesOf(sampleProfile(), value, { fhirpath })).toEqual(['error invariant Sample.extension[0].value']);
    expect(calls.at(-1)).toEqual(['Period', 'start.hasValue().not() or end.hasValue().not() or (start <= end)']);
  });

  it('applies to a datatype that is validated alone', () => {
    const phone = { url: 'https://example.org/phone', type: 'ContactPoint', rule: {} };
    expect(issuesOf(phone, { value: '1' })).toEqual(['error invariant ContactPoint']);
  });
});

it('an element of an unknown type may contain anything', () => {
  const odd = { ...sampleProfile(), base: { ...sampleType, odd: '0..1 NoSuchType' } };
  expect(issuesOf(odd, sample({ odd: { anything: [] } }))).toEqual([]);
});

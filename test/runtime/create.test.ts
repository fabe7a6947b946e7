import { describe, expect, it } from 'vitest';
import { create } from '../../templates/runtime/create.js';
import { conforms } from '../../templates/runtime/guard.js';
import type { ElementRule, ProfileTable } from '../../templates/runtime/table.js';
import { extensionProfile, extensionSlice, sampleProfile } from './sample.js';

const S = 'https://example.org/s';
const meta = { profile: ['https://example.org/sample'] };

/** What `create` makes of an input, apart from what every resource gets. */
function made(table: ProfileTable, input: object): object {
  const before = JSON.stringify(input);
  const { resourceType, meta: own, ...rest } = create<{ resourceType: string; meta: object }>(table, input);
  expect(resourceType).toBe('Sample');
  expect(own).toEqual(meta);
  expect(JSON.stringify(input), 'the input stays as it is').toBe(before);
  expect(JSON.parse(JSON.stringify(rest)), 'nothing is lost in JSON').toEqual(rest);
  return rest;
}

const oid: ProfileTable = {
  url: 'https://example.org/oid',
  type: 'Identifier',
  rule: {
    children: {
      system: { min: 1, fixed: 'urn:ietf:rfc:3986' },
      value: { min: 1 },
      type: { pattern: { coding: [{ system: S, code: 'oid' }] } },
    },
  },
};
const named = extensionProfile('https://example.org/named', 'string');
const coded = extensionProfile('https://example.org/coded', 'CodeableConcept');
const whole: ProfileTable = {
  url: 'https://example.org/whole',
  type: 'Extension',
  rule: {
    children: {
      url: { fixed: 'https://example.org/whole' },
      'value[x]': { max: 0 },
      extension: {
        slicing: {
          rules: 'closed',
          slices: [
            { ...extensionSlice('code', extensionProfile('code', 'CodeableConcept')), bare: 'valueCodeableConcept' },
            { ...extensionSlice('note', extensionProfile('note', 'string')), bare: 'valueString' },
          ],
        },
      },
    },
  },
};
const extension: ElementRule = {
  slicing: {
    rules: 'open',
    slices: [
      { ...extensionSlice('full-name', named, { max: 1 }), key: 'fullName', bare: 'valueString' },
      { ...extensionSlice('coded', coded), bare: 'valueCodeableConcept' },
      extensionSlice('whole', whole),
    ],
  },
};
const identifier: ElementRule = {
  min: 1,
  slicing: {
    rules: 'open',
    slices: [
      {
        name: 'oid',
        bare: 'value',
        when: [{ at: 'system', is: { fixed: 'urn:ietf:rfc:3986' } }],
        rule: { min: 1, types: [{ code: 'Identifier', profiles: [() => oid] }] },
      },
      {
        name: 'local',
        when: [{ at: 'type.coding.code', is: { fixed: 'local' } }],
        rule: { max: 1, children: { use: { min: 1, fixed: 'usual' } } },
      },
    ],
  },
};
const table = sampleProfile({ identifier, extension, part: { children: { extension } } });

describe('slices', () => {
  it('are put into the array in their order, with what tells them', () => {
    expect(
      made(table, { identifier: { others: [{ value: 'o' }], local: { value: 'l' }, oid: { value: 'a' } } }),
    ).toEqual({
      identifier: [
        { system: 'urn:ietf:rfc:3986', value: 'a' },
        { use: 'usual', type: { coding: [{ code: 'local' }] }, value: 'l' },
        { value: 'o' },
      ],
    });
  });

  it('hold one item or several, whole or bare', () => {
    expect(made(table, { identifier: { oid: ['a', { value: 'b', use: 'old' }] } })).toEqual({
      identifier: [
        { system: 'urn:ietf:rfc:3986', value: 'a' },
        { use: 'old', system: 'urn:ietf:rfc:3986', value: 'b' },
      ],
    });
  });

  it('of extensions take the value alone, also where it is an object', () => {
    const concept = { coding: [{ code: 'x' }] };
    const extension = {
      fullName: 'x',
      coded: [concept, { valueCodeableConcept: concept }, { _valueCodeableConcept: {} }],
      whole: { extension: { code: concept, note: ['a', { valueString: 'b' }] } },
    };
    const items = [
      { url: named.url, valueString: 'x' },
      { url: coded.url, valueCodeableConcept: concept },
      { url: coded.url, valueCodeableConcept: concept },
      { url: coded.url, _valueCodeableConcept: {} },
      {
        extension: [
          { url: 'code', valueCodeableConcept: concept },
          { url: 'note', valueString: 'a' },
          { url: 'note', valueString: 'b' },
        ],
        url: whole.url,
      },
    ];
    const input = { extension, identifier: [], part: [{ name: 'x', extension }] };
    expect(made(table, input)).toEqual({ identifier: [], extension: items, part: [{ name: 'x', extension: items }] });
  });

  it('are left alone in an array', () => {
    const identifier = [{ system: 'urn:ietf:rfc:3986', value: 'a' }];
    expect(made(table, { identifier })).toEqual({ identifier });
  });

  it('that are required and known are written, others are not', () => {
    expect(made(table, {})).toEqual({ identifier: [{ system: 'urn:ietf:rfc:3986' }] });
    expect(made(table, { identifier: { local: [] } })).toEqual({ identifier: [{ system: 'urn:ietf:rfc:3986' }] });
    expect(
      made(sampleProfile({ part: { children: { extension } } }), { part: [{ name: 'x', extension: {} }] }),
    ).toEqual({
      part: [{ name: 'x' }],
    });
  });

  it('are named correctly', () => {
    const typo = { identifier: { oids: 'a' } };
    expect(() => create(table, typo)).toThrow(/"oids"/);
    expect(() => create(table, { identifier: JSON.parse('{"__proto__":1}') as object })).toThrow(/__proto__/);
  });

  it('are sliced again', () => {
    const again = sampleProfile({
      identifier: {
        slicing: {
          rules: 'open',
          slices: [
            {
              name: 'a',
              when: [{ at: 'system', is: { fixed: 'urn:a' } }],
              rule: {
                slicing: {
                  rules: 'open',
                  slices: [{ name: 'old', when: [{ at: 'use', is: { fixed: 'old' } }], rule: {} }],
                },
              },
            },
          ],
        },
      },
    });
    expect(made(again, { identifier: { a: { old: { value: '1' }, others: [{ value: '2' }] } } })).toEqual({
      identifier: [
        { use: 'old', system: 'urn:a', value: '1' },
        { system: 'urn:a', value: '2' },
      ],
    });
    expect(made(again, { identifier: { a: { value: '3' } } })).toEqual({
      identifier: [{ system: 'urn:a', value: '3' }],
    });
  });

  it('of primitives are put into their array', () => {
    const tags = sampleProfile({
      alias: {
        slicing: {
          rules: 'open',
          slices: [
            { name: 'known', when: [{ at: '$this', is: { fixed: 'x' } }], rule: { min: 1, fixed: 'x' } },
            { name: 'free', when: [{ at: '$this', undecidable: true }], rule: {} },
          ],
        },
      },
    });
    expect(made(tags, { alias: { free: ['a', 'b'], others: ['c'] } })).toEqual({ alias: ['x', 'a', 'b', 'c'] });
  });

  it('of the extensions of a primitive too', () => {
    const onDate = sampleProfile({ date: { pattern: '2020', children: { extension } } });
    expect(made(onDate, { date: '2020', _date: { extension: { fullName: 'x' } } })).toEqual({
      date: '2020',
      _date: { extension: [{ url: named.url, valueString: 'x' }] },
    });
  });
});

describe('what is fixed', () => {
  const code = { coding: [{ system: S, code: 'a' }] };

  it.each<readonly [string, Readonly<Record<string, ElementRule>>, object, object]>([
    [
      'is written where it is required',
      { code: { min: 1, fixed: code }, date: { min: 1, fixed: '2020' } },
      {},
      { code, date: '2020' },
    ],
    ['is not written where it is optional', { code: { fixed: code } }, {}, {}],
    [
      'does not overrule the input',
      { code: { min: 1, fixed: code } },
      { code: { text: 'x' } },
      { code: { text: 'x' } },
    ],
    [
      'is written down a chain of required elements',
      { code: { min: 1, children: { coding: { min: 1, children: { code: { min: 1, fixed: 'a' } } } } } },
      {},
      { code: { coding: [{ code: 'a' }] } },
    ],
    [
      'is not written behind an optional one',
      { code: { min: 1, children: { coding: { children: { code: { min: 1, fixed: 'a' } } } } } },
      {},
      {},
    ],
    [
      'is written into an optional one that is there',
      { part: { children: { unit: { children: { code: { min: 1, fixed: 'mm' } } } } } },
      { part: [{ name: 'x', unit: { value: 1 } }, { name: 'y' }] },
      { part: [{ name: 'x', unit: { value: 1, code: 'mm' } }, { name: 'y' }] },
    ],
    [
      'is written where the type requires the element',
      { part: { min: 1, children: { name: { fixed: 'x' } } } },
      { part: [{}] },
      { part: [{ name: 'x' }] },
    ],
    [
      'is written in a choice that has one type left',
      { 'value[x]': { min: 1, types: [{ code: 'Quantity' }], children: { unit: { min: 1, fixed: 'mm' } } } },
      {},
      { valueQuantity: { unit: 'mm' } },
    ],
    ['is not written where a choice is open', { 'value[x]': { min: 1, pattern: { unit: 'mm' } } }, {}, {}],
    [
      'is written into a choice that is there',
      { 'value[x]': { types: [{ code: 'Quantity' }], children: { unit: { min: 1, fixed: 'mm' } } } },
      { valueQuantity: { value: 1 } },
      { valueQuantity: { value: 1, unit: 'mm' } },
    ],
    [
      'is written in every item',
      { category: { children: { text: { min: 1, fixed: 'x' } } } },
      { category: [{ id: 'a' }, { id: 'b' }] },
      {
        category: [
          { id: 'a', text: 'x' },
          { id: 'b', text: 'x' },
        ],
      },
    ],
    [
      'comes from a profile on the datatype',
      { identifier: { types: [{ code: 'Identifier', profiles: [() => oid] }] } },
      { identifier: [{ value: '1' }] },
      { identifier: [{ system: 'urn:ietf:rfc:3986', value: '1' }] },
    ],
    [
      'does not come from one profile of several',
      { identifier: { types: [{ code: 'Identifier', profiles: [() => oid, () => oid] }] } },
      { identifier: [{ value: '1' }] },
      { identifier: [{ value: '1' }] },
    ],
  ])('%s', (_, children, input, output) => {
    expect(made(sampleProfile(children), input)).toEqual(output);
  });

  it('is written for the type that a choice has', () => {
    const slices = ['Quantity', 'string'].map((type) => ({
      name: type,
      when: [{ at: '$this', types: [type] }],
      rule: type === 'Quantity' ? { children: { unit: { min: 1, fixed: 'mm' } } } : {},
    }));
    const choice = sampleProfile({ 'value[x]': { slicing: { rules: 'open', slices } } });
    expect(made(choice, { valueQuantity: { value: 1 } })).toEqual({ valueQuantity: { value: 1, unit: 'mm' } });
    expect(made(choice, { valueString: 'x' })).toEqual({ valueString: 'x' });
  });
});

describe('a pattern', () => {
  const wanted = { coding: [{ system: S, code: 'a' }] };
  const patterned = sampleProfile({ code: { pattern: wanted } });

  it.each<readonly [string, object | undefined, object | undefined]>([
    ['leaves an optional element alone', undefined, undefined],
    ['is added to what is there', { text: 'x' }, { ...wanted, text: 'x' }],
    [
      'is not added twice',
      { coding: [{ code: 'z' }, { system: S, code: 'a', display: 'A' }] },
      { coding: [{ code: 'z' }, { system: S, code: 'a', display: 'A' }] },
    ],
    [
      'completes an item',
      { coding: [{ code: 'a', display: 'A' }] },
      { coding: [{ system: S, code: 'a', display: 'A' }] },
    ],
    [
      'comes before what is something else',
      { coding: [{ system: 'urn:x', code: 'z' }] },
      { coding: [...wanted.coding, { system: 'urn:x', code: 'z' }] },
    ],
  ])('%s', (_, code, output) => {
    expect(made(patterned, { code })).toEqual(output === undefined ? {} : { code: output });
  });

  it('is written where it is required', () => {
    expect(made(sampleProfile({ code: { min: 1, pattern: wanted } }), {})).toEqual({ code: wanted });
  });

  it('does not overrule the input', () => {
    const quantity = sampleProfile({ 'value[x]': { pattern: { unit: 'mm' } } });
    expect(made(quantity, { valueQuantity: { unit: 'cm' } })).toEqual({ valueQuantity: { unit: 'cm' } });
  });
});

describe('the resource', () => {
  it('claims the profile once, and keeps what it claims already', () => {
    const claims = (profile: readonly string[]): unknown =>
      create<{ meta: { profile: unknown } }>(table, { meta: { profile } }).meta.profile;
    expect(claims(['https://example.org/other'])).toEqual(['https://example.org/other', table.url]);
    expect(claims([table.url])).toEqual([table.url]);
    expect(claims([`${table.url}|1.0`])).toEqual([`${table.url}|1.0`]);
  });

  it('has its members in the order of the type, wherever they came from', () => {
    const input = {
      status: 'final',
      identifier: { oid: 'a' },
      language: 'fr',
      colour: 1,
      _date: { id: 'x' },
      date: '2020',
    };
    const keys = Object.keys(create<object>(table, { ...input, meta: { tag: [], lastUpdated: 'x' } }));
    expect(keys).toEqual(['resourceType', 'meta', 'language', 'identifier', 'status', 'date', '_date', 'colour']);
  });

  it('drops members that are undefined, and shares nothing with the input', () => {
    const focus = [{ reference: undefined, display: 'x', extension: [{ url: 'x', valueString: 'x' }] }];
    const { focus: made } = create<{ focus: { extension: object[] }[] }>(table, { focus, code: undefined });
    expect(made).toStrictEqual([{ display: 'x', extension: [{ url: 'x', valueString: 'x' }] }]);
    expect(made[0]?.extension[0]).not.toBe(focus[0]?.extension[0]);
  });

  it('pollutes no prototype', () => {
    const input = JSON.parse('{"__proto__":{"polluted":1},"code":{"__proto__":{"polluted":1}}}') as object;
    const created = create<object>(sampleProfile({ code: { pattern: { text: 'x' } } }), input);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect((created as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.hasOwn(created, '__proto__')).toBe(true);
  });

  it('conforms when the input said what the profile does not', () => {
    const input = { status: 'final', identifier: { oid: 'urn:oid:1.2' }, extension: { fullName: 'x' } };
    expect(conforms(table, create(table, input))).toBe(true);
  });

  it('is the same when it is made again', () => {
    const once = create(table, { status: 'final', identifier: { oid: 'a' }, extension: { fullName: 'x' } });
    expect(JSON.stringify(create(table, once))).toBe(JSON.stringify(once));
  });

  it('comes to an end where profiles go in a circle', () => {
    const circular: ProfileTable = {
      url: 'https://example.org/circular',
      type: 'Extension',
      rule: {
        children: {
          url: { fixed: 'https://example.org/circular' },
          extension: { min: 1, types: [{ code: 'Extension', profiles: [() => circular] }] },
        },
      },
    };
    const types = [{ code: 'Extension', profiles: [() => circular] }];
    expect(() => create(sampleProfile({ extension: { min: 1, types } }), {})).not.toThrow();
  });
});

describe('a datatype', () => {
  it('is completed likewise, without what only resources have', () => {
    expect(create(oid, { value: '1' })).toEqual({ system: 'urn:ietf:rfc:3986', value: '1' });
    expect(create(oid, { value: '1', type: { text: 'x' } })).toEqual({
      type: { coding: [{ system: S, code: 'oid' }], text: 'x' },
      system: 'urn:ietf:rfc:3986',
      value: '1',
    });
    expect(create(named, { valueString: 'x' })).toEqual({ url: named.url, valueString: 'x' });
  });
});

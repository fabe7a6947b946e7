import { describe, expect, it } from 'vitest';
import type { MemberCompletion, ProfileCompletion } from '../../templates/runtime/completion.js';
import { create } from '../../templates/runtime/create.js';
import { sampleType } from './sample.js';

const S = 'https://example.org/s';
const meta = { profile: ['https://example.org/sample'] };

/** A profile of the sample type that does something with members. */
function sampleCompletion(members: Readonly<Record<string, MemberCompletion>> = {}): ProfileCompletion {
  return { url: 'https://example.org/sample', type: 'Sample', base: sampleType, members };
}

/** What `create` makes of an input, apart from what every resource gets. */
function made(completion: ProfileCompletion, input: object): object {
  const before = JSON.stringify(input);
  const { resourceType, meta: own, ...rest } = create<{ resourceType: string; meta: object }>(completion, input);
  expect(resourceType).toBe('Sample');
  expect(own).toEqual(meta);
  expect(JSON.stringify(input), 'the input stays as it is').toBe(before);
  expect(JSON.parse(JSON.stringify(rest)), 'nothing is lost in JSON').toEqual(rest);
  return rest;
}

const oid: ProfileCompletion = {
  url: 'https://example.org/oid',
  type: 'Identifier',
  members: {
    type: {
      item: { members: { coding: { write: [{ system: S, code: 'oid' }], ensure: [{ system: S, code: 'oid' }] } } },
    },
    system: { write: 'urn:ietf:rfc:3986' },
  },
};

/** The completion of an extension. */
function extensionCompletion(url: string, members: ProfileCompletion['members'] = {}): ProfileCompletion {
  return { url, type: 'Extension', members: { ...members, url: { write: url } } };
}

const named = extensionCompletion('https://example.org/named');
const coded = extensionCompletion('https://example.org/coded');
const file = extensionCompletion('https://example.org/file');
const whole = extensionCompletion('https://example.org/whole', {
  extension: {
    slices: [
      { key: 'code', bare: 'valueCodeableConcept', url: 'code', item: { members: { url: { write: 'code' } } } },
      { key: 'note', bare: 'valueString', url: 'note', item: { members: { url: { write: 'note' } } } },
    ],
  },
});
const extension: MemberCompletion = {
  slices: [
    { key: 'fullName', bare: 'valueString', url: named.url, item: { profile: () => named } },
    { key: 'coded', bare: 'valueCodeableConcept', url: coded.url, item: { profile: () => coded } },
    { key: 'file', bare: 'valueAttachment', url: file.url, item: { profile: () => file } },
    { key: 'whole', item: { profile: () => whole } },
  ],
};
const identifier: MemberCompletion = {
  write: [{ system: 'urn:ietf:rfc:3986', value: '0' }],
  slices: [
    {
      key: 'oid',
      bare: 'value',
      write: { system: 'urn:ietf:rfc:3986', value: '0' },
      item: { profile: () => oid },
    },
    {
      key: 'local',
      item: {
        members: { use: { write: 'usual' }, type: { write: { coding: [{ code: 'local' }] } } },
      },
    },
  ],
};
const sample = sampleCompletion({ extension, identifier, part: { item: { members: { extension } } } });

describe('slices', () => {
  it('are put into the array in their order, with what tells them', () => {
    expect(
      made(sample, { identifier: { others: [{ value: 'o' }], local: { value: 'l' }, oid: { value: 'a' } } }),
    ).toEqual({
      identifier: [
        { system: 'urn:ietf:rfc:3986', value: 'a' },
        { use: 'usual', type: { coding: [{ code: 'local' }] }, value: 'l' },
        { value: 'o' },
      ],
    });
  });

  it('hold one item or several, whole or bare', () => {
    expect(made(sample, { identifier: { oid: ['a', { value: 'b', use: 'old' }] } })).toEqual({
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
    expect(made(sample, input)).toEqual({ identifier: [], extension: items, part: [{ name: 'x', extension: items }] });
  });

  it.each<readonly [string, object, object]>([
    ['has the url of the extension', { url: file.url, extension: [{ url: 'x' }] }, { extension: [{ url: 'x' }] }],
    ['has the property of the value', { valueAttachment: { title: 'a' } }, { valueAttachment: { title: 'a' } }],
  ])('take an item for whole when it %s', (_, item, rest) => {
    expect(made(sample, { identifier: [], extension: { file: item } })).toEqual({
      identifier: [],
      extension: [{ url: file.url, ...rest }],
    });
  });

  it.each<readonly [string, object]>([
    ['url', { url: 'https://example.org/picture.png' }],
    ['extension', { title: 'a', extension: [{ url: 'x', valueString: 'x' }] }],
  ])('take a value for bare although it has a member %s', (_, valueAttachment) => {
    expect(made(sample, { identifier: [], extension: { file: valueAttachment } })).toEqual({
      identifier: [],
      extension: [{ url: file.url, valueAttachment }],
    });
  });

  it('are left alone in an array', () => {
    const identifier = [{ system: 'urn:ietf:rfc:3986', value: 'a' }];
    expect(made(sample, { identifier })).toEqual({ identifier });
  });

  it('that are required and known are written, others are not', () => {
    const written = { identifier: [{ system: 'urn:ietf:rfc:3986', value: '0' }] };
    expect(made(sample, {})).toEqual(written);
    expect(made(sample, { identifier: { local: [] } })).toEqual(written);
    const part = { part: { item: { members: { extension } } } };
    expect(made(sampleCompletion(part), { part: [{ name: 'x', extension: {} }] })).toEqual({ part: [{ name: 'x' }] });
  });

  it('are named correctly', () => {
    const typo = { identifier: { oids: 'a' } };
    expect(() => create(sample, typo)).toThrow(/^identifier: no slice "oids", but oid, local, others$/);
    expect(() => create(sample, { identifier: JSON.parse('{"__proto__":1}') as object })).toThrow(/__proto__/);
  });

  it('are sliced again', () => {
    const again = sampleCompletion({
      identifier: {
        slices: [
          {
            key: 'a',
            item: { members: { system: { write: 'urn:a' } } },
            slices: [{ key: 'old', item: { members: { use: { write: 'old' }, system: { write: 'urn:a' } } } }],
          },
        ],
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
    const tags = sampleCompletion({ alias: { slices: [{ key: 'known', write: 'x' }, { key: 'free' }] } });
    expect(made(tags, { alias: { free: ['a', 'b'], others: ['c'] } })).toEqual({ alias: ['x', 'a', 'b', 'c'] });
  });

  it('of the extensions of a primitive too', () => {
    const onDate = sampleCompletion({ _date: { item: { members: { extension } } } });
    expect(made(onDate, { date: '2020', _date: { extension: { fullName: 'x' } } })).toEqual({
      date: '2020',
      _date: { extension: [{ url: named.url, valueString: 'x' }] },
    });
    expect(made(onDate, { date: '2020', _date: { extension: {} } })).toEqual({ date: '2020' });
  });
});

describe('what is to be written', () => {
  it.each<readonly [string, Readonly<Record<string, MemberCompletion>>, object, object]>([
    ['is written where it is left out', { date: { write: '2020' } }, {}, { date: '2020' }],
    ['does not overrule the input', { date: { write: '2020' } }, { date: '2021' }, { date: '2021' }],
    [
      'is not written beside extensions that stand for it',
      { date: { write: '2020' } },
      { _date: { extension: [{ url: 'x' }] } },
      { _date: { extension: [{ url: 'x' }] } },
    ],
    [
      'is written beside an id',
      { date: { write: '2020' } },
      { _date: { id: 'x' } },
      { date: '2020', _date: { id: 'x' } },
    ],
    ['is written in a choice', { valueString: { write: 'x' } }, {}, { valueString: 'x' }],
    [
      'is not written beside another type of a choice',
      { valueString: { write: 'x' } },
      { valueBoolean: true },
      { valueBoolean: true },
    ],
    [
      'is written into what is there',
      { part: { item: { members: { unit: { item: { members: { code: { write: 'mm' } } } } } } } },
      { part: [{ name: 'x', unit: { value: 1 } }, { name: 'y' }] },
      { part: [{ name: 'x', unit: { value: 1, code: 'mm' } }, { name: 'y' }] },
    ],
    [
      'is written for the type that a choice has',
      { valueQuantity: { item: { members: { unit: { write: 'mm' } } } } },
      { valueQuantity: { value: 1 } },
      { valueQuantity: { value: 1, unit: 'mm' } },
    ],
    [
      'comes from a profile on the datatype',
      { identifier: { item: { profile: () => oid } } },
      { identifier: [{ value: '1' }] },
      { identifier: [{ system: 'urn:ietf:rfc:3986', value: '1' }] },
    ],
  ])('%s', (_, members, input, output) => {
    expect(made(sampleCompletion(members), input)).toEqual(output);
  });

  it('is written anew each time', () => {
    const completion = sampleCompletion({ code: { write: { coding: [{ code: 'a' }] } } });
    const first = create<{ code: { coding: object[] } }>(completion, {});
    first.code.coding.push({ code: 'b' });
    expect(create(completion, {})).toMatchObject({ code: { coding: [{ code: 'a' }] } });
  });
});

describe('items that have to be in an array', () => {
  const wanted = { coding: [{ system: S, code: 'a' }] };
  const patterned = sampleCompletion({
    code: { item: { members: { coding: { write: wanted.coding, ensure: wanted.coding } } } },
  });

  it.each<readonly [string, object | undefined, object | undefined]>([
    ['are not written where the element is absent', undefined, undefined],
    ['are written where the array is absent', { text: 'x' }, { ...wanted, text: 'x' }],
    [
      'are not added twice',
      { coding: [{ code: 'z' }, { system: S, code: 'a', display: 'A' }] },
      { coding: [{ code: 'z' }, { system: S, code: 'a', display: 'A' }] },
    ],
    [
      'complete an item',
      { coding: [{ code: 'a', display: 'A' }] },
      { coding: [{ system: S, code: 'a', display: 'A' }] },
    ],
    [
      'come before what is something else',
      { coding: [{ system: 'urn:x', code: 'z' }] },
      { coding: [...wanted.coding, { system: 'urn:x', code: 'z' }] },
    ],
  ])('%s', (_, code, output) => {
    expect(made(patterned, { code })).toEqual(output === undefined ? {} : { code: output });
  });
});

describe('the resource', () => {
  it('claims the profile once, and keeps what it claims already', () => {
    const claims = (profile: readonly string[]): unknown =>
      create<{ meta: { profile: unknown } }>(sample, { meta: { profile } }).meta.profile;
    expect(claims(['https://example.org/other'])).toEqual(['https://example.org/other', sample.url]);
    expect(claims([sample.url])).toEqual([sample.url]);
    expect(claims([`${sample.url}|1.0`])).toEqual([`${sample.url}|1.0`]);
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
    const keys = Object.keys(create<object>(sample, { ...input, meta: { tag: [], lastUpdated: 'x' } }));
    expect(keys).toEqual(['resourceType', 'meta', 'language', 'identifier', 'status', 'date', '_date', 'colour']);
  });

  it('drops members that are undefined, and shares nothing with the input', () => {
    const focus = [{ reference: undefined, display: 'x', extension: [{ url: 'x', valueString: 'x' }] }];
    const { focus: made } = create<{ focus: { extension: object[] }[] }>(sample, { focus, code: undefined });
    expect(made).toStrictEqual([{ display: 'x', extension: [{ url: 'x', valueString: 'x' }] }]);
    expect(made[0]?.extension[0]).not.toBe(focus[0]?.extension[0]);
  });

  it('pollutes no prototype', () => {
    const input = JSON.parse('{"__proto__":{"polluted":1},"code":{"__proto__":{"polluted":1}}}') as object;
    const created = create<object>(sampleCompletion({ code: { item: { members: { text: { write: 'x' } } } } }), input);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect((created as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.hasOwn(created, '__proto__')).toBe(true);
  });

  it('is the same when it is made again', () => {
    const once = create<object>(sample, { status: 'final', identifier: { oid: 'a' }, extension: { fullName: 'x' } });
    expect(JSON.stringify(create(sample, once))).toBe(JSON.stringify(once));
  });

  it('within another is completed likewise', () => {
    const outer = sampleCompletion({ contained: { item: { profile: () => sample } } });
    expect(made(outer, { contained: [{ identifier: { oid: 'a' } }] })).toEqual({
      contained: [{ resourceType: 'Sample', meta, identifier: [{ system: 'urn:ietf:rfc:3986', value: 'a' }] }],
    });
  });
});

describe('what cannot be', () => {
  class Money {
    amount = 1;
  }
  const cyclic: Record<string, unknown> = {};
  cyclic['part'] = [cyclic];

  it.each<readonly [string, unknown, RegExp]>([
    ['another resource', { resourceType: 'Patient' }, /^resourceType: Sample is expected, not "Patient"/],
    ['no object', null, /^Sample: an object is expected/],
    ['a text', '{}', /^Sample: an object is expected/],
    ['an array', [], /^Sample: an object is expected/],
    ['a Date', { part: [{ name: new Date(0) }] }, /^part\[0\]\.name: a Date cannot be written in JSON/],
    ['a function', { code: { text: () => 'x' } }, /^code\.text: a function cannot/],
    ['a bigint', { count: 1n }, /^count: a bigint cannot/],
    ['an instance of a class', { code: new Money() }, /^code: a Money cannot/],
    ['what refers to itself', cyclic, /refer to itself/],
    [
      'others that is no array',
      { identifier: { others: { value: '1' } } },
      /^identifier\.others: an array is expected/,
    ],
  ])('%s is refused, with its place', (_, input, message) => {
    expect(() => create(sample, input)).toThrow(TypeError);
    expect(() => create(sample, input)).toThrow(message);
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

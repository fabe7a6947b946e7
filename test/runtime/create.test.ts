import { describe, expect, it } from 'vitest';
import type { MemberCompletion, ProfileCompletion } from '../../templates/runtime/completion.js';
import { complete } from '../../templates/runtime/complete.js';
import { create } from '../../templates/runtime/create.js';
import { ProfileError } from '../../templates/runtime/error.js';
import { sampleProfile } from './sample.js';

const S = 'https://example.org/s';

/** The paths of objects that two values share. */
function sharedParts(a: unknown, b: unknown, path = ''): string[] {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return [];
  const here = a === b ? [path || 'all'] : [];
  const [one, other] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return [...here, ...[...one].flatMap(([key, each]) => sharedParts(each, other.get(key), `${path}.${key}`))];
}
const meta = { profile: ['https://example.org/sample'] };

/** A completion of the sample type. */
function sampleCompletion(members: Readonly<Record<string, MemberCompletion>> = {}): ProfileCompletion {
  return { table: sampleProfile(), members };
}

/** The result of `create` for an input, without the members that every resource gets. */
function made(completion: ProfileCompletion, input: object): object {
  const before = JSON.stringify(input);
  const { resourceType, meta: own, ...rest } = complete(completion, input);
  expect(resourceType).toBe('Sample');
  expect(own).toEqual(meta);
  expect(JSON.stringify(input), 'the input stays as it is').toBe(before);
  expect(JSON.parse(JSON.stringify(rest)), 'nothing is lost in JSON').toEqual(rest);
  return rest;
}

const oid: ProfileCompletion = {
  table: { url: 'https://example.org/oid', type: 'Identifier', rule: {} },
  members: {
    type: {
      item: { members: { coding: { write: [{ system: S, code: 'oid' }], ensure: [{ system: S, code: 'oid' }] } } },
    },
    system: { write: 'urn:ietf:rfc:3986' },
  },
};

/** The completion of an extension. */
function extensionCompletion(url: string, members: ProfileCompletion['members'] = {}): ProfileCompletion {
  return { table: { url, type: 'Extension', rule: {} }, members: { ...members, url: { write: url } } };
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
    { key: 'fullName', bare: 'valueString', url: named.table.url, item: { profile: () => named } },
    { key: 'coded', bare: 'valueCodeableConcept', url: coded.table.url, item: { profile: () => coded } },
    { key: 'file', bare: 'valueAttachment', url: file.table.url, item: { profile: () => file } },
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
const extended = sampleCompletion({ extension, part: { item: { members: { extension } } } });

describe('slices in the input', () => {
  it('may have any number of items', () => {
    const many = Array.from({ length: 150_000 }, () => ({ value: 'o' }));
    for (const identifier of [{ others: many }, { oid: { value: 'a' }, local: many }]) {
      const all: { readonly identifier?: readonly unknown[] } = complete(sample, { identifier });
      expect(all.identifier?.length).toBeGreaterThanOrEqual(many.length);
    }
  });

  it('are put into the array in their order, with their discriminating values', () => {
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

  it('may be one item or several, whole or bare', () => {
    expect(made(sample, { identifier: { oid: ['a', { value: 'b', use: 'old' }] } })).toEqual({
      identifier: [
        { system: 'urn:ietf:rfc:3986', value: 'a' },
        { use: 'old', system: 'urn:ietf:rfc:3986', value: 'b' },
      ],
    });
  });

  it('of extensions may be the value alone, also an object', () => {
    const concept = { coding: [{ code: 'x' }] };
    const extension = {
      fullName: 'x',
      coded: [concept, { valueCodeableConcept: concept }, { _valueCodeableConcept: {} }],
      whole: { extension: { code: concept, note: ['a', { valueString: 'b' }] } },
    };
    const items = [
      { url: named.table.url, valueString: 'x' },
      { url: coded.table.url, valueCodeableConcept: concept },
      { url: coded.table.url, valueCodeableConcept: concept },
      { url: coded.table.url, _valueCodeableConcept: {} },
      {
        extension: [
          { url: 'code', valueCodeableConcept: concept },
          { url: 'note', valueString: 'a' },
          { url: 'note', valueString: 'b' },
        ],
        url: whole.table.url,
      },
    ];
    const input = { extension, part: [{ name: 'x', extension }] };
    expect(made(extended, input)).toEqual({ extension: items, part: [{ name: 'x', extension: items }] });
  });

  it.each<readonly [string, object, object]>([
    ['has the url of the extension', { url: file.table.url, extension: [{ url: 'x' }] }, { extension: [{ url: 'x' }] }],
    ['has the property of the value', { valueAttachment: { title: 'a' } }, { valueAttachment: { title: 'a' } }],
  ])('count as a whole extension if the item %s', (_, item, rest) => {
    expect(made(extended, { extension: { file: item } })).toEqual({
      extension: [{ url: file.table.url, ...rest }],
    });
  });

  it.each<readonly [string, object]>([
    ['url', { url: 'https://example.org/picture.png' }],
    ['extension', { title: 'a', extension: [{ url: 'x', valueString: 'x' }] }],
  ])('count as a bare value despite a member %s', (_, valueAttachment) => {
    expect(made(extended, { extension: { file: valueAttachment } })).toEqual({
      extension: [{ url: file.table.url, valueAttachment }],
    });
  });

  it('are unchanged if given as an array', () => {
    const identifier = [{ system: 'urn:ietf:rfc:3986', value: 'a' }];
    expect(made(sample, { identifier })).toEqual({ identifier });
  });

  it('are written if required and known, and otherwise not', () => {
    const written = { identifier: [{ system: 'urn:ietf:rfc:3986', value: '0' }] };
    expect(made(sample, {})).toEqual(written);
    expect(made(sample, { identifier: { local: [] } })).toEqual(written);
    const part = { part: { item: { members: { extension } } } };
    expect(made(sampleCompletion(part), { part: [{ name: 'x', extension: {} }] })).toEqual({ part: [{ name: 'x' }] });
  });

  it('are not written if an item of `others` satisfies them', () => {
    const own = { use: 'old', system: 'urn:ietf:rfc:3986', value: '0' };
    const another = { system: 'urn:ietf:rfc:3986', value: '1' };
    expect(made(sample, { identifier: { others: [another, own] } })).toEqual({ identifier: [another, own] });
    expect(made(sample, { identifier: { others: [another] } })).toEqual({
      identifier: [{ system: 'urn:ietf:rfc:3986', value: '0' }, another],
    });
  });

  it('must have known names', () => {
    const typo = { identifier: { oids: 'a' } };
    expect(() => complete(sample, typo)).toThrow(/Sample\.identifier: slice "oids" is none of oid, local, others$/);
    expect(() => complete(sample, { identifier: JSON.parse('{"__proto__":1}') as object })).toThrow(/__proto__/);
  });

  it('may be sliced again', () => {
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

  it('of primitives are put into the array of the primitive', () => {
    const tags = sampleCompletion({ alias: { slices: [{ key: 'known', write: 'x' }, { key: 'free' }] } });
    expect(made(tags, { alias: { free: ['a', 'b'], others: ['c'] } })).toEqual({ alias: ['x', 'a', 'b', 'c'] });
  });

  it('of extensions of a primitive are put into its underscore member', () => {
    const onDate = sampleCompletion({ _date: { item: { members: { extension } } } });
    expect(made(onDate, { date: '2020', _date: { extension: { fullName: 'x' } } })).toEqual({
      date: '2020',
      _date: { extension: [{ url: named.table.url, valueString: 'x' }] },
    });
    expect(made(onDate, { date: '2020', _date: { extension: {} } })).toEqual({ date: '2020' });
  });
});

describe('a known value', () => {
  it.each<readonly [string, Readonly<Record<string, MemberCompletion>>, object, object]>([
    ['is written if the input omits it', { date: { write: '2020' } }, {}, { date: '2020' }],
    ['does not replace the value in the input', { date: { write: '2020' } }, { date: '2021' }, { date: '2021' }],
    [
      'is written beside extensions, which do not replace it',
      { date: { write: '2020' } },
      { _date: { extension: [{ url: 'x' }] } },
      { date: '2020', _date: { extension: [{ url: 'x' }] } },
    ],
    [
      'is written beside extensions only, if the element is optional',
      { date: { beside: '2020' }, status: { beside: 'final' } },
      { _date: { extension: [{ url: 'x' }] } },
      { date: '2020', _date: { extension: [{ url: 'x' }] } },
    ],
    [
      'is not written beside extensions of another type of a choice',
      { valueString: { write: 'x' } },
      { _valueBoolean: { extension: [{ url: 'x' }] } },
      { _valueBoolean: { extension: [{ url: 'x' }] } },
    ],
    ['replaces an empty array', { alias: { write: ['x'] } }, { alias: [] }, { alias: ['x'] }],
    ['is not written for an empty array of another element', {}, { alias: [], part: [{ alias: [] }] }, { part: [{}] }],
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
      'is written into an existing part',
      { part: { item: { members: { unit: { item: { members: { code: { write: 'mm' } } } } } } } },
      { part: [{ name: 'x', unit: { value: 1 } }, { name: 'y' }] },
      { part: [{ name: 'x', unit: { value: 1, code: 'mm' } }, { name: 'y' }] },
    ],
    [
      'is written for the present type of a choice',
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

  it('is a new copy each time', () => {
    const completion = sampleCompletion({ code: { write: { coding: [{ code: 'a' }] } } });
    const first = complete<{ code: { coding: object[] } }>(completion, {});
    first.code.coding.push({ code: 'b' });
    expect(complete(completion, {})).toMatchObject({ code: { coding: [{ code: 'a' }] } });
  });
});

describe('the required items of an array', () => {
  const wanted = { coding: [{ system: S, code: 'a' }] };
  const patterned = sampleCompletion({
    code: { item: { members: { coding: { write: wanted.coding, ensure: wanted.coding } } } },
  });

  it.each<readonly [string, object | undefined, object | undefined]>([
    ['are not written if the element is absent', undefined, undefined],
    ['are written if the array is absent', { text: 'x' }, { ...wanted, text: 'x' }],
    [
      'are not added twice',
      { coding: [{ code: 'z' }, { system: S, code: 'a', display: 'A' }] },
      { coding: [{ code: 'z' }, { system: S, code: 'a', display: 'A' }] },
    ],
    [
      'complete a partial item',
      { coding: [{ code: 'a', display: 'A' }] },
      { coding: [{ system: S, code: 'a', display: 'A' }] },
    ],
    [
      'precede other items',
      { coding: [{ system: 'urn:x', code: 'z' }] },
      { coding: [...wanted.coding, { system: 'urn:x', code: 'z' }] },
    ],
  ])('%s', (_, code, output) => {
    expect(made(patterned, { code })).toEqual(output === undefined ? {} : { code: output });
  });
});

describe('a created resource', () => {
  it('claims the profile once, and keeps other claims', () => {
    const claims = (profile: readonly string[]): unknown =>
      complete<{ meta: { profile: unknown } }>(sample, { meta: { profile } }).meta.profile;
    expect(claims(['https://example.org/other'])).toEqual(['https://example.org/other', sample.table.url]);
    expect(claims([sample.table.url])).toEqual([sample.table.url]);
    expect(claims([`${sample.table.url}|1.0`])).toEqual([`${sample.table.url}|1.0`]);
  });

  it('has its members in the order of the type', () => {
    const input = {
      status: 'final',
      identifier: { oid: 'a' },
      language: 'fr',
      colour: 1,
      _date: { id: 'x' },
      date: '2020',
    };
    const keys = Object.keys(complete(sample, { ...input, meta: { tag: [], lastUpdated: 'x' } }));
    expect(keys).toEqual(['resourceType', 'meta', 'language', 'identifier', 'status', 'date', '_date', 'colour']);
  });

  it.each([[null], ['text'], [[{}]], [{ profile: 'https://example.org/sample' }]])(
    'keeps an invalid meta: %j',
    (wrong) => {
      expect(complete(sampleCompletion(), { meta: wrong })).toMatchObject({ meta: wrong });
    },
  );

  it('has no undefined members, and shares nothing with the input', () => {
    const focus = [{ reference: undefined, display: 'x', extension: [{ url: 'x', valueString: 'x' }] }];
    const { focus: made } = complete<{ focus: { extension: object[] }[] }>(sample, { focus, code: undefined });
    expect(made).toStrictEqual([{ display: 'x', extension: [{ url: 'x', valueString: 'x' }] }]);
    expect(made[0]?.extension[0]).not.toBe(focus[0]?.extension[0]);
  });

  it('changes no prototype', () => {
    const input = JSON.parse('{"__proto__":{"polluted":1},"code":{"__proto__":{"polluted":1}}}') as object;
    const created = complete(sampleCompletion({ code: { item: { members: { text: { write: 'x' } } } } }), input);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect((created as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.hasOwn(created, '__proto__')).toBe(true);
  });

  it('shares nothing with the table', () => {
    const completion = sampleCompletion({
      category: { write: [{ coding: [{ code: 'a' }] }], ensure: [{ coding: [{ code: 'a' }] }] },
      identifier,
    });
    for (const input of [{}, { category: [{ text: 'x' }] }, { identifier: {} }]) {
      const [once, again] = [complete(completion, input), complete(completion, input)];
      expect(sharedParts(once, again)).toEqual([]);
    }
  });

  it('is unchanged if created again', () => {
    const once = complete(sample, { status: 'final', identifier: { oid: 'a' }, extension: { fullName: 'x' } });
    expect(JSON.stringify(complete(sample, once))).toBe(JSON.stringify(once));
  });

  it('contains completed resources', () => {
    const outer = sampleCompletion({ contained: { item: { profile: () => sample } } });
    expect(made(outer, { contained: [{ identifier: { oid: 'a' } }] })).toEqual({
      contained: [{ resourceType: 'Sample', meta, identifier: [{ system: 'urn:ietf:rfc:3986', value: 'a' }] }],
    });
  });
});

describe('the input of create', () => {
  class Money {
    amount = 1;
  }
  const cyclic: Record<string, unknown> = {};
  cyclic['part'] = [cyclic];

  it.each<readonly [string, unknown, RegExp]>([
    ['another resource', { resourceType: 'Patient' }, /\nSample\.resourceType: Sample is expected, not "Patient"/],
    ['null', null, /\nSample: an object is expected/],
    ['a string', '{}', /\nSample: an object is expected/],
    ['an array', [], /\nSample: an object is expected/],
    ['a Date', { part: [{ name: new Date(0) }] }, /\nSample\.part\[0\]\.name: a Date cannot be written in JSON/],
    ['a function', { code: { text: () => 'x' } }, /\nSample\.code\.text: a function cannot/],
    ['a bigint', { count: 1n }, /\nSample\.count: a bigint cannot/],
    ['an instance of a class', { code: new Money() }, /\nSample\.code: a Money cannot/],
    ['a reference to itself', cyclic, /\nSample\.part\[0\]: refers to itself: it is the same object as Sample, /],
    [
      'a reference to itself further down',
      { code: { coding: [cyclic] } },
      /coding\[0\]\.part\[0\]: refers to itself: .* as Sample\.code\.coding\[0\],/,
    ],
    ['NaN', { count: NaN }, /\nSample\.count: NaN cannot/],
    [
      'others that is not an array',
      { identifier: { others: { value: '1' } } },
      /\nSample\.identifier\.others: an array is expected/,
    ],
  ])('is rejected with its path if it contains %s', (_, input, message) => {
    expect(() => complete(sample, input)).toThrow(ProfileError);
    expect(() => complete(sample, input)).toThrow(message);
  });
});

describe('a missing required part', () => {
  const frames = sampleCompletion({ extension, identifier, part: { item: { members: { extension } } } });

  /** The message and issues of the thrown error. */
  function rejection(input: object): ProfileError {
    try {
      create(frames, input);
    } catch (error) {
      if (error instanceof ProfileError) return error;
    }
    throw new Error('nothing was rejected');
  }

  it('is reported with its path', () => {
    expect(create(frames, { status: 'final', part: [{ name: 'x' }] })).toMatchObject({ part: [{ name: 'x' }] });
    const { message, issues, profile } = rejection({ part: [{ name: 'x' }, {}] });
    expect(profile).toBe('https://example.org/sample');
    expect(message).toContain('Sample.status: at least 1 required, 0 found');
    expect(issues.map(({ code, expression }) => `${code} ${expression}`).sort()).toEqual([
      'required Sample.part[1].name',
      'required Sample.status',
    ]);
  });

  it('is the only reason to reject: other rules are left to the validator', () => {
    expect(create(frames, { status: 'unheard of', date: 'today' })).toMatchObject({ date: 'today' });
    const [only, ...others] = rejection({ date: 'today' }).issues;
    expect([only?.expression, others]).toEqual(['Sample.status', []]);
  });
});

describe('a created datatype', () => {
  it('is completed without resourceType and meta', () => {
    expect(complete(oid, { value: '1' })).toEqual({ system: 'urn:ietf:rfc:3986', value: '1' });
    expect(complete(oid, { value: '1', type: { text: 'x' } })).toEqual({
      type: { coding: [{ system: S, code: 'oid' }], text: 'x' },
      system: 'urn:ietf:rfc:3986',
      value: '1',
    });
    expect(complete(named, { valueString: 'x' })).toEqual({ url: named.table.url, valueString: 'x' });
  });
});

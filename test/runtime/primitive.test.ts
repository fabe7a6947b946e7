import { describe, expect, it } from 'vitest';
import { validate } from '../../templates/runtime/validate.js';
import { conforms } from '../../templates/runtime/guard.js';

const MAX = 2147483647;

/** FHIR R4, Data Types, "Primitive Types": type, valid values, invalid values. */
const CASES: readonly (readonly [type: string, good: readonly unknown[], bad: readonly unknown[]])[] = [
  ['boolean', [true, false], ['true', 0, 1]],
  ['integer', [0, -1, MAX, -MAX - 1], [1.5, MAX + 1, -MAX - 2, '1', NaN, Infinity]],
  ['unsignedInt', [0, MAX], [-1, MAX + 1, 0.5, '0']],
  ['positiveInt', [1, MAX], [0, -1, MAX + 1]],
  ['decimal', [0, -1.5, 1e100], ['1.5', NaN, Infinity, -Infinity]],
  [
    'string',
    ['x', ' x ', 'a\tb\r\nc', 'é', '\u{1F600}', 'x'.repeat(1024 * 1024)],
    ['', 'a\0b', 'a\x1bb', 'x'.repeat(1024 * 1024 + 1), 1, true],
  ],
  ['markdown', ['# x\n'], ['', 1]],
  ['uri', ['https://example.org/x', 'urn:oid:1.2', 'x', 'é'], ['', 'a b', ' x', 'x\n']],
  ['url', ['mailto:a@example.org'], ['', 'a b']],
  ['canonical', ['https://example.org/x|1.0', '#x'], ['', 'a b']],
  ['code', ['a', 'a b', 'a-b_c', 'application/dicom"'], ['', ' a', 'a ', 'a  b', 'a\t b', '\n']],
  ['id', ['a', 'A-1.b', 'x'.repeat(64)], ['', 'x'.repeat(65), 'a_b', 'a b', 'é']],
  [
    'oid',
    ['urn:oid:1.2.3', 'urn:oid:2.16.840', 'urn:oid:0.0'],
    ['urn:oid:3.1', 'urn:oid:1', 'urn:oid:1.02', '1.2.3', 'urn:oid:1.2.', 'urn:oid:1..2'],
  ],
  [
    'uuid',
    ['urn:uuid:c757873d-ec9a-4326-a141-556f43239520'],
    [
      'c757873d-ec9a-4326-a141-556f43239520',
      'urn:uuid:c757873d-ec9a-4326-a141',
      'urn:uuid:C757873D-EC9A-4326-A141-556F43239520',
    ],
  ],
  ['base64Binary', ['QQ==', 'QUI=', 'QUJD', 'QU\nJD'], ['', 'QQ=', 'QQ===', 'Q', '=QQQ', 'Q*==', ' ']],
  [
    'date',
    ['2020', '2020-02', '2020-02-29', '2019-12-31', '0001', '0004-02-29', '9999-12-31'],
    [
      '20',
      '2020-13',
      '2020-00',
      '2019-02-29',
      '1900-02-29',
      '2020-04-31',
      '2020-1-1',
      '0000',
      '2020-01-01T00:00:00Z',
      '2020-01-01 ',
      '2020-02-30',
    ],
  ],
  [
    'dateTime',
    ['2020', '2020-02-29', '2020-01-01T00:00:00Z', '2020-01-01T23:59:60+14:00', '2020-01-01T10:00:00.123-05:30'],
    [
      '2020-01-01T00:00Z',
      '2020-01-01T00:00:00',
      '2019-02-29T00:00:00Z',
      '2020-01-01T24:00:00Z',
      '2020-01-01T00:00:00+15:00',
      '2020-01-01T00:00:00+14:30',
      '2020-01T00:00:00Z',
      '2020-01-01T00:00:00.Z',
      '2020-01-01 00:00:00Z',
    ],
  ],
  [
    'instant',
    ['2020-01-01T00:00:00Z', '2020-01-01T00:00:00.000000001+01:00'],
    ['2020', '2020-01-01', '2020-01-01T00:00:00', '2020-02-30T00:00:00Z'],
  ],
  ['time', ['00:00:00', '23:59:59.999', '12:30:60'], ['24:00:00', '12:30', '12:60:00', '12:30:00Z', '']],
  [
    'xhtml',
    ['<div xmlns="http://www.w3.org/1999/xhtml">x</div>', '<div>&#233;</div>'],
    ['', 'x', '<p>x</p>', '<divx>'],
  ],
];

describe.each(CASES)('%s', (type, good, bad) => {
  const table = { url: 'https://example.org/p', type: 'Sample', base: { it: `0..1 ${type}` }, rule: {} };

  it('accepts valid values', () => {
    for (const it of good) expect(validate(table, { resourceType: 'Sample', it })).toEqual([]);
  });

  it('rejects invalid values and names the type', () => {
    for (const it of bad) {
      const issues = validate(table, { resourceType: 'Sample', it });
      expect(issues.map(({ expression }) => expression)).toEqual(['Sample.it']);
      expect(conforms(table, { resourceType: 'Sample', it })).toBe(false);
      const isSameJson = typeof it === typeof good[0];
      expect(issues[0]?.code).toBe(isSameJson ? 'value' : 'structure');
    }
  });

  it('rejects objects, arrays and null', () => {
    for (const it of [{}, [], [good[0]], null, { value: good[0] }, 1n, Symbol('x'), () => good[0], new Date()]) {
      expect(validate(table, { resourceType: 'Sample', it })).toHaveLength(1);
    }
  });

  it('may be the type of a profile', () => {
    const profile = { url: 'https://example.org/p', type, rule: {} };
    expect(validate(profile, good[0])).toEqual([]);
    expect(validate(profile, bad[0])).toHaveLength(1);
  });
});

/** Texts for which careless regular expressions take exponential time. */
it.each([
  ['base64Binary', ' '.repeat(1_000_000) + '*'],
  ['base64Binary', 'AAAA '.repeat(200_000) + '='],
  ['code', 'a '.repeat(500_000) + ' '],
  ['code', 'a '.repeat(5_000_000) + 'a'],
  ['oid', `urn:oid:1${'.1'.repeat(500_000)}x`],
  ['uri', 'a'.repeat(1_000_000) + ' '],
  ['xhtml', ' '.repeat(1_000_000)],
  ['dateTime', '2020-01-01T00:00:00.' + '0'.repeat(1_000_000)],
  ['string', '\u0001'.padStart(1_000_000)],
])('rejects a long %s in linear time', (type, text) => {
  expect(conforms({ url: 'https://example.org/p', type, rule: {} }, text)).toBe(false);
});

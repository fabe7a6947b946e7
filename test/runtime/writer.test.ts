import { describe, expect, it } from 'vitest';
import { ProfileError } from '../../templates/runtime/error.js';
import { sliceWriter } from '../../templates/runtime/writer.js';
import { sampleProfile } from './sample.js';

const systems = ['a', 'b', 'c'];
const identifier = {
  slicing: {
    rules: 'open' as const,
    slices: systems.map((name) => ({ name, when: [{ at: 'system', is: { fixed: name } }], rule: {} })),
  },
};
const completion = {
  table: sampleProfile({ identifier }),
  members: {
    identifier: {
      slices: systems.map((key) => ({ key, bare: 'value', item: { members: { system: { write: key } } } })),
    },
  },
};

/** The systems and values after writing a slice. */
function written(systemsBefore: string, key: string, ...items: readonly unknown[]): string {
  const of = { identifier: [...systemsBefore].map((system, at) => ({ system, value: String(at) })) };
  const before = structuredClone(of);
  const made = sliceWriter<typeof of, 'identifier', readonly unknown[]>(completion, 'identifier', key)(of, ...items);
  expect(of).toEqual(before);
  const { identifier: all = [] } = made as { identifier?: readonly { system: string; value: string }[] };
  return all.map(({ system, value }) => system + value).join(' ');
}

describe('sliceWriter', () => {
  it('writes items in place of those of the slice, or after those of preceding slices', () => {
    expect(written('xbx', 'b', 'new')).toBe('x0 bnew x2');
    expect(written('bxb', 'b', 'new', { value: 'more' })).toBe('bnew bmore x1');
    expect(written('axcx', 'b', 'new')).toBe('a0 bnew x1 c2 x3');
    expect(written('xcx', 'b', 'new')).toBe('bnew x0 c1 x2');
    expect(written('', 'b', 'new')).toBe('bnew');
    expect(written('ac', 'b', ['x', undefined], 'y')).toBe('a0 bx by c1');
  });

  it('removes the items of a slice, and an array that becomes empty', () => {
    expect(written('abc', 'b', undefined)).toBe('a0 c2');
    expect(written('b', 'b')).toBe('');
    const write = sliceWriter<{ identifier?: object[] }, 'identifier', readonly unknown[]>(
      completion,
      'identifier',
      'b',
    );
    expect(write({ identifier: [{ system: 'b' }] })).toStrictEqual({});
  });

  it('copies its items, and reports values that JSON cannot represent', () => {
    const item = { value: '1', extension: [{ url: 'x', valueString: 'x' }] };
    const write = sliceWriter<{ identifier?: object[] }, 'identifier', readonly unknown[]>(
      completion,
      'identifier',
      'b',
    );
    const none: { identifier?: object[] } = {};
    const { identifier: [made] = [] } = write(none, item);
    expect(made).toEqual({ system: 'b', ...item });
    expect(made).not.toHaveProperty(
      'extension',
      expect.toSatisfy((one) => one === item.extension),
    );
    expect(() => write({}, { value: new Date(0) })).toThrow(ProfileError);
    expect(() => write({}, { value: new Date(0) })).toThrow('Sample.identifier.b[0].value: a Date cannot');
  });
});

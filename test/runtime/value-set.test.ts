import { describe, expect, expectTypeOf, it } from 'vitest';
import { conceptsOf, valueSet } from '../../templates/runtime/value-set.js';

const system = 'https://example.org/colours';

const other = 'https://example.org/other';
const codes = { Red: ['R', 'red'], Green: 'G' } as const;
const otherCodes = { OtherRed: ['R', 'another red'] } as const;

const Colours = valueSet(conceptsOf(system, codes), conceptsOf(other, otherCodes));

describe('a generated value set', () => {
  it('has its concepts as constants, and nothing else to enumerate', () => {
    expect(Object.keys(Colours)).toEqual(['Red', 'Green', 'OtherRed']);
    expect(JSON.stringify(Colours.Red)).toBe(`{"system":"${system}","code":"R","display":"red"}`);
  });

  it('lists its concepts with their types', () => {
    expect(Colours.concepts).toEqual([Colours.Red, Colours.Green, Colours.OtherRed]);
    expectTypeOf(Colours.concepts[0]?.code).toEqualTypeOf<'R' | 'G' | undefined>();
  });

  it('lists each code once, in order', () => {
    expect(Colours.codes).toEqual(['R', 'G']);
    expectTypeOf(Colours.codes).toEqualTypeOf<readonly ('R' | 'G')[]>();
  });

  it('tests whether a value is one of its codes', () => {
    expect(['R', 'B', 'constructor', undefined, 1].map((code) => Colours.is(code))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(Colours.is('G', 'https://example.org/other')).toBe(false);
    const text = ['G'][0] ?? '';
    if (Colours.is(text)) expectTypeOf(text).toEqualTypeOf<'R' | 'G'>();
  });

  it('finds the Coding of a code: always for a literal, perhaps for a string', () => {
    expectTypeOf(Colours.fromCode('G').code).toEqualTypeOf<'G'>();
    expect(Colours.fromCode('G')).toEqual({ system, code: 'G' });
    const text = ['B'][0] ?? '';
    expect(Colours.fromCode(text)).toBeUndefined();
    expect(Colours.fromCode('R')).toBe(Colours.Red);
    expect(Colours.fromCode('R', 'https://example.org/other')).toBe(Colours.OtherRed);
  });

  it('has displays', () => {
    expect([Colours.display('R'), Colours.display('G'), Colours.display('B')]).toEqual(['red', undefined, undefined]);
  });
});

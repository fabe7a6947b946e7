import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../generator/terminology/pattern.js';

describe('compilePattern', () => {
  it.each([
    ['[A-Z]{3}', ['FRA'], ['FR', 'FRAN', 'fra', '']],
    ['[0-9]{2,3}', ['01', '123'], ['1', '1234']],
    ['a{2,}', ['aa', 'aaaaa'], ['a']],
    ['ab|cd', ['ab', 'cd'], ['abcd', 'ad']],
    ['(?:ab)+c?', ['ab', 'ababc'], ['c', 'abcc']],
    ['^LP[0-9]+-[0-9]$', ['LP43571-6'], ['LP-6', 'xLP1-6']],
    ['\\d\\.\\w*', ['1.', '1.x_9'], ['1x']],
    ['[^a-c\\-]', ['d', '😀'], ['a', '-', 'dd']],
    ['[a-]+', ['a-a', '-'], ['b']],
    ['.*', ['', 'anything', '😀'], ['two\nlines']],
    ['', [''], ['a']],
    ['(a*)*b', ['b', 'aaab'], ['a']],
    ['costs \\$', ['costs $'], ['costs ']],
  ])('matches whole texts only: %s', (pattern, yes, no) => {
    const matches = compilePattern(pattern);
    expect(yes.filter((text) => matches?.(text) !== true)).toEqual([]);
    expect(no.filter((text) => matches?.(text) !== false)).toEqual([]);
  });

  it.each([
    ['look-ahead', '(?=a)a'],
    ['a back reference', '(a)\\1'],
    ['a named group', '(?<x>a)'],
    ['a word boundary', '\\ba'],
    ['a Unicode property', '\\p{L}'],
    ['an open group', '(a'],
    ['a closed group', 'a)'],
    ['an open class', '[a'],
    ['an empty class', '[]'],
    ['a range in reverse order', '[b-a]'],
    ['repetition of nothing', '*a'],
    ['possessive repetition', 'a*+'],
    ['repetition in reverse order', 'a{3,2}'],
    ['repetition beyond the limit', 'a{999999999}'],
    ['an anchor inside', 'a^b'],
    ['a nested class', '[a[b]]'],
    ['repetition that multiplies', '((a{1000}){1000}){1000}'],
    ['groups of endless depth', '('.repeat(5000) + ')'.repeat(5000)],
    ['a single backslash', '\\'],
  ])('rejects %s', (_, pattern) => {
    expect(compilePattern(pattern)).toBeUndefined();
  });

  it.each(['(a+)+', '(a|aa)+', '(a*)*(a*)*', 'a?'.repeat(50) + 'a'.repeat(50), '(.*)*x'])(
    'matches %s in linear time, which others do not',
    (pattern) => {
      expect(compilePattern(pattern)?.(`${'a'.repeat(2000)}!`)).toBe(false);
    },
  );

  it('stops if all texts together take too long', () => {
    const matches = compilePattern('(.?){900}');
    const results = Array.from({ length: 100 }, () => matches?.('a'.repeat(900)));
    expect(results[0]).toBe(true);
    expect(results.at(-1)).toBeUndefined();
  });

  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '1');
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { depthSize: 'small' },
      atom,
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(${a}|${b})`),
      fc
        .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '*?'))
        .map(([a, q]) => `(${a})${q}`),
    ),
  }));

  it('agrees with the engine of JavaScript', () => {
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', '1', 'c'), maxLength: 6 }), (source, text) => {
        expect(compilePattern(source)?.(text)).toBe(new RegExp(`^(?:${source})$`).test(text));
      }),
      { numRuns: 2000 },
    );
  });
});

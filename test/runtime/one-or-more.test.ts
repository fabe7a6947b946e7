import { expect, it } from 'vitest';
import { nonEmpty, oneOrMore } from '../../templates/runtime/one-or-more.js';

it('isOneOrMore narrows arrays with at least one item', () => {
  const items = [1, 2];
  const one: [number, ...number[]] = oneOrMore(items);
  expect(one).toEqual([1, 2]);
  expect(one).not.toBe(items);
  expect([nonEmpty(items), nonEmpty([])]).toEqual([true, false]);
  expect(oneOrMore([undefined])).toEqual([undefined]);
  expect(() => oneOrMore([])).toThrow(RangeError);
});

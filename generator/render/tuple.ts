import { arrayOf, rest, tuple, type Type, union } from '../emit/type.js';
import type { SliceTypes } from './slice-types.js';

/** Tuples longer than this are not written; the validator counts. */
export const TUPLE_LIMIT = 8;

/**
 * The required items of a slice: those of its required re-slices, then as many others as remain.
 *
 * @param one slice
 */
export function requiredItems(one: SliceTypes): Type[] {
  const inner = one.inner.flatMap(requiredItems);
  return [...inner, ...repeat(one.pair.type, one.slice.item.min - inner.length)];
}

function repeat(type: Type, times: number): Type[] {
  return Array.from({ length: Math.max(0, Math.min(times, TUPLE_LIMIT + 1)) }, () => type);
}

/** Tuples that start with given items. */
export interface Leading {
  readonly tuples: readonly Type[];
  /** The items that each of them starts with. */
  readonly first: readonly Type[];
  /** One tuple that any number of items may follow. */
  readonly isOpen: boolean;
}

/**
 * An array that starts with given items.
 *
 * @param first these items
 * @param item any other
 * @param min the minimum number of items
 * @param max the maximum number
 */
export function leading(first: readonly Type[], item: Type, min: number, max: number): Leading {
  const filled = [...first, ...repeat(item, min - first.length)];
  if (max - filled.length > TUPLE_LIMIT || max === Infinity) {
    return { tuples: [tuple([...filled, rest(arrayOf(item))])], first: filled, isOpen: true };
  }
  const tuples = Array.from({ length: max - filled.length + 1 }, (_, more) => [...filled, ...repeat(item, more)]);
  // The shortest last: compilers explain the last of several equally good types.
  return { tuples: tuples.reverse().map((one) => tuple(one)), first: filled, isOpen: false };
}

/**
 * An array by its cardinality: `[T]`, `[T, T] | [T]`, `[T, ...T[]]`, `T[]`. Tuples cannot be readonly, as the arrays of
 * `@types/fhir` are not.
 *
 * @param item of the array
 * @param min the minimum number of items
 * @param max the maximum number
 */
export function plain(item: Type, min: number, max: number): Type {
  if (max <= TUPLE_LIMIT) {
    return union(leading(repeat(item, Math.max(min, 1)), item, min, Math.max(max, min, 1)).tuples);
  }
  if (min === 0 || min > TUPLE_LIMIT) return arrayOf(item);
  return union(leading(repeat(item, min), item, min, Infinity).tuples);
}

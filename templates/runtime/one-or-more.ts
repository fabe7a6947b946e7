/**
 * Whether an array has at least one item, as elements of cardinality 1..* require.
 *
 * @param items any array
 */
export function nonEmpty<T>(items: T[]): items is [T, ...T[]];
export function nonEmpty<T>(items: readonly T[]): items is readonly [T, ...T[]];
export function nonEmpty(items: readonly unknown[]): boolean {
  return items.length > 0;
}

/**
 * Asserts that an array has at least one item.
 *
 * @param items any array
 * @returns a copy of the array
 * @throws {RangeError} when the array is empty
 */
export function oneOrMore<T>(items: readonly T[]): [T, ...T[]] {
  const [first, ...others] = items;
  // An item may be `undefined`, so the length decides.
  if (items.length === 0) throw new RangeError('Expected an array with at least one item, found an empty one');
  return [first as T, ...others];
}

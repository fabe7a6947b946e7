/**
 * Whether an array has an item at least, as elements of cardinality 1..* want it.
 *
 * @param items any array
 */
export function nonEmpty<T>(items: T[]): items is [T, ...T[]];
export function nonEmpty<T>(items: readonly T[]): items is readonly [T, ...T[]];
export function nonEmpty(items: readonly unknown[]): boolean {
  return items.length > 0;
}

/**
 * An array of which the program knows that it has an item at least.
 *
 * @param items any array
 * @returns a copy of it
 * @throws {RangeError} when it is empty
 */
export function oneOrMore<T>(items: readonly T[]): [T, ...T[]] {
  const [first, ...others] = items;
  // An item may be `undefined`, so the length decides.
  if (items.length === 0) throw new RangeError('Expected an array with at least one item, found an empty one');
  return [first as T, ...others];
}

/**
 * Compares by UTF-16 code unit: the same order under every locale and on every system.
 *
 * @param a one text
 * @param b another
 * @returns negative, zero or positive, as Array.sort expects
 */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Items with the same key: there is one at least. */
export type Group<T> = readonly [first: T, ...others: T[]];

/**
 * Groups items that have the same key.
 *
 * @param items in any order
 * @param keyOf the key of an item
 * @returns groups in the order of their first items, each in the order of the items
 */
export function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly Group<T>[] {
  return [...byKey(items, keyOf).values()];
}

/**
 * Groups items that have the same key, to be found by it.
 *
 * @param items in any order
 * @param keyOf the key of an item
 * @returns groups by key, as {@link groupedBy} orders them
 */
export function byKey<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, Group<T>> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

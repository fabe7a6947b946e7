/**
 * Compares by UTF-16 code unit: the same order under every locale and on every system.
 *
 * @param a one text
 * @param b another
 * @returns negative, zero or positive, as Array.sort wants it
 */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

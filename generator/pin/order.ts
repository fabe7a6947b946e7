/**
 * Order by code unit: the same on every machine, whatever its locale.
 *
 * @returns negative, zero or positive, for `Array.sort`
 */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

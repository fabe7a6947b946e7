/**
 * Order of code units: the same on every machine and in every locale.
 *
 * @returns negative, zero or positive, as for `Array.sort`
 */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A canonical without its `|version`.
 *
 * @param canonical `http://…/Patient|4.0.1`
 */
export function withoutVersion(canonical: string): string {
  const bar = canonical.indexOf('|');
  return bar === -1 ? canonical : canonical.slice(0, bar);
}

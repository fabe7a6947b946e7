/**
 * A canonical without its `|version`.
 *
 * @param canonical `http://…/Patient|4.0.1`
 */
export function withoutVersion(canonical: string): string {
  const bar = canonical.indexOf('|');
  return bar === -1 ? canonical : canonical.slice(0, bar);
}

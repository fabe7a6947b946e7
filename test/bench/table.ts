/** A whole number with thousands separators. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** A ratio, as in `1.5 ×`. */
export function times(value: number, of: number): string {
  const ratio = value / of;
  return `${ratio < 10 ? ratio.toFixed(2) : count(ratio)}×`;
}

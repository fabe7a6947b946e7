/** A whole number with thousands apart. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** How many times as much. */
export function times(value: number, of: number): string {
  const ratio = value / of;
  return `${ratio < 10 ? ratio.toFixed(2) : count(ratio)}×`;
}

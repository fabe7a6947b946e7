/**
 * ElementDefinition.max as a number.
 *
 * @param max `*` or digits
 * @returns `Infinity` for `*`
 */
export function maxOf(max: string): number {
  return max === '*' ? Infinity : Number(max);
}

/**
 * A cardinality in the notation of FHIR.
 *
 * @param min lower bound
 * @param max upper bound, `Infinity` for none
 * @returns `1..*`
 */
export function cardinality(min: number, max: number): string {
  return `${min}..${max === Infinity ? '*' : max}`;
}

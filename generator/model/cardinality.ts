import type { ElementModel } from './model.js';

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

/**
 * How many items an element has at least: its required slices count, also where the element itself says less
 * (FHIR R4, Profiling FHIR, "Slicing").
 *
 * @param element of a profile
 */
export function requiredItems(element: ElementModel): number {
  const slices = element.base.array ? (element.slicing?.slices ?? []) : [];
  return Math.max(
    element.min,
    slices.reduce((sum, slice) => sum + slice.element.min, 0),
  );
}

import type { ElementModel } from './model.js';

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

import type { ElementModel } from './model.js';

/**
 * The minimum number of items of an element: its required slices count, also where its own min is lower (FHIR R4,
 * Profiling FHIR, "Slicing").
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

import type { FhirElement } from '../model/model.js';

/**
 * The interface of `@types/fhir` for an element with children of its own: the names of its path, run together.
 *
 * @param element a BackboneElement, or one that refers to such a one by contentReference
 * @returns `fhir4.ImagingStudySeriesInstance`
 */
export function fhirInterface(element: Pick<FhirElement, 'path' | 'contentReference'>): string {
  const path = element.contentReference ?? element.path;
  const name = path
    .split('.')
    .map((segment) => segment.charAt(0).toUpperCase() + segment.slice(1))
    .join('');
  return `fhir4.${name}`;
}

import type { Coding } from './fhir.js';

/**
 * A CodeableConcept of a Coding, such as a constant of a value set.
 *
 * @param coding left as it is
 * @param text what was written or said
 */
export function conceptOf<C extends Coding>(coding: C, text?: string): { coding: [C]; text?: string } {
  return text === undefined ? { coding: [{ ...coding }] } : { coding: [{ ...coding }], text };
}

import type { Coding } from './fhir.js';

/**
 * Makes a CodeableConcept from a Coding, such as a constant of a value set.
 *
 * @param coding not changed
 * @param text the plain text of the concept
 */
export function conceptOf<C extends Coding>(coding: C, text?: string): { coding: [C]; text?: string } {
  return text === undefined ? { coding: [{ ...coding }] } : { coding: [{ ...coding }], text };
}

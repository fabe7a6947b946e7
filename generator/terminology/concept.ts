import type { ExpansionLimits } from './limits.js';
import type { Members } from '../fhir/members.js';

/** A code of a code system. */
export interface Concept {
  readonly code: string;
  readonly display?: string;
  /** The French designation, where the value set or code system has one and `display` is another. */
  readonly fr?: string;
}

/**
 * The facts of a code: its display, and the French designation if it differs.
 *
 * @param code checked by the caller
 * @param concept of a code system, a value set or an expansion: they have the same members for display and designations
 * @param known what the code system states, for what the value set does not state
 * @param limits see {@link ExpansionLimits}
 * @throws CodegenError when display or designation is malformed
 */
export function conceptOf(
  code: string,
  concept: Members,
  known: Concept | undefined,
  limits: ExpansionLimits,
): Concept {
  const display = concept.line('display', limits.textLength) ?? known?.display;
  const fr = frenchOf(concept, limits) ?? known?.fr;
  // Without a spread, as there may be half a million of them.
  if (display === undefined) return fr === undefined ? { code } : { code, fr };
  return fr === undefined || fr === display ? { code, display } : { code, display, fr };
}

function frenchOf(concept: Members, limits: ExpansionLimits): string | undefined {
  for (const designation of concept.objects('designation')) {
    const language = designation.string('language');
    const value = designation.line('value', limits.textLength);
    if (value !== undefined && language !== undefined && /^fr(-|$)/i.test(language)) return value;
  }
  return undefined;
}

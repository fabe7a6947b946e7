import type { PinLimits } from '../limits.js';
import { lineOf, type Members } from '../members.js';
import type { PinnedConcept } from '../snapshot.js';

/**
 * What is pinned of a code: its display, and the French designation where that is another word.
 *
 * @param code checked by the caller
 * @param concept of a code system, a value set or an expansion: they name display and designations alike
 * @param known what the code system says, where the value set says nothing
 * @param limits see {@link PinLimits}
 * @throws CodegenError when display or designation is malformed
 */
export function conceptOf(
  code: string,
  concept: Members,
  known: PinnedConcept | undefined,
  limits: PinLimits,
): PinnedConcept {
  const raw = concept.string('display');
  const display = (raw === undefined ? '' : lineOf(raw, limits.textLength)) || known?.display;
  const fr = frenchOf(concept, limits) ?? known?.fr;
  // Written out, as there may be half a million of them.
  if (display === undefined) return fr === undefined ? { code } : { code, fr };
  return fr === undefined || fr === display ? { code, display } : { code, display, fr };
}

function frenchOf(concept: Members, limits: PinLimits): string | undefined {
  for (const designation of concept.objects('designation')) {
    const language = designation.string('language');
    const value = designation.string('value');
    if (value === undefined || language === undefined || !/^fr(-|$)/i.test(language)) continue;
    return lineOf(value, limits.textLength) || undefined;
  }
  return undefined;
}

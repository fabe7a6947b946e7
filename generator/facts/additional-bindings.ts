import { canonicalWithin } from '../fhir/canonical.js';
import { adviceFact } from './advice.js';
import { readAdditional } from './value-set-limit.js';

/** Purposes that only help a person to choose: every element of a code has one in R5's own types. */
const HINTS: ReadonlySet<string> = new Set(['starter', 'ui', 'minimum']);

/**
 * ElementDefinition.binding.additional of FHIR R5, an extension before: value sets beside that of the binding. What
 * holds of every value is a limit of the binding (see `maxValueSet`); the others hold in some uses, which no instance
 * shows, or are advice, and stand in comments.
 */
export const additionalBindings = adviceFact({
  key: 'additionalBindings',
  kind: 'additional-bindings',
  start: { en: 'Also:', fr: 'Aussi :' },
  called: 'additional bindings',
  read: (element, { profile }) =>
    readAdditional(element).flatMap(({ purpose, valueSet, hasUsage }) => {
      const isLimit = !hasUsage && (purpose === 'maximum' || purpose === 'required');
      if (valueSet === undefined || isLimit || HINTS.has(purpose)) return [];
      return [`${purpose}${hasUsage ? ' in some uses' : ''}, ${canonicalWithin(valueSet, profile)}`];
    }),
});

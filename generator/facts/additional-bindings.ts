import { canonicalWithin } from '../fhir/canonical.js';
import { adviceFact } from './advice.js';
import { readAdditional } from './value-set-limit.js';

/** Purposes that only help a person to choose: every element of a code has one in R5's own types. */
const HINTS: ReadonlySet<string> = new Set(['starter', 'ui', 'minimum']);

/**
 * ElementDefinition.binding.additional of FHIR R5, an extension before: value sets beside that of the binding. What
 * holds of every value is a limit of the binding (see `maxValueSet`), and what holds where another element has a value is
 * checked there (see `conditionalBindings`). The others hold in uses that no instance shows, or are advice, and stand in
 * comments.
 */
export const additionalBindings = adviceFact({
  key: 'additionalBindings',
  kind: 'additional-bindings',
  start: { en: 'Also:', fr: 'Aussi :' },
  called: 'additional bindings',
  read: (element, source) =>
    readAdditional(element, source).flatMap(({ purpose, valueSet, isLimit, isPartial, condition }) => {
      const isChecked = isLimit && (!isPartial || condition !== undefined);
      if (valueSet === undefined || isChecked || HINTS.has(purpose)) return [];
      return [`${purpose}${isPartial ? ' in some uses' : ''}, ${canonicalWithin(valueSet, source.profile)}`];
    }),
});

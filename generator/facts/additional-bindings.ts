import { canonicalWithin } from '../fhir/canonical.js';
import { adviceFact } from './advice.js';
import { readAdditional } from './value-set-limit.js';

/** Purposes that only help people to choose a code: R5's own types have one for every coded element. */
const HINTS: ReadonlySet<string> = new Set(['starter', 'ui', 'minimum']);

/**
 * ElementDefinition.binding.additional of FHIR R5, an extension before: value sets in addition to that of the binding.
 * One that applies to every value is a limit of the binding (see `maxValueSet`); one that applies where another element
 * has some value is checked (see `conditionalBindings`). The others depend on uses that no instance shows, or are
 * advice, and appear in comments.
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

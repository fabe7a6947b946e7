import { boundChange } from '../../generator/facts/bound.js';
import { fact, jsonRule } from '../../generator/facts/fact.js';
import { FACTS } from '../../generator/facts/registry.js';

/** A bound that FHIR does not have: all that a new fact of elements needs, with its registration below. */
const minLength = fact({
  key: 'minLength',
  kinds: ['min-length'],
  read: (element) => element.count('minLength'),
  parse: (element) => element.count('minLength'),
  declared: (pinned: number | undefined): number | undefined => pinned,
  ofBase: () => undefined,
  signature: (value, reach) => (reach === 'type' ? null : (value ?? null)),
  merge: (general, specific) => Math.max(general ?? 0, specific ?? 0) || undefined,
  differential: (own, general) => (own === general ? undefined : own),
  rules: (value) => jsonRule('minLength', value),
  doc: (value, { language }) =>
    value === undefined
      ? undefined
      : { place: 'line', text: { en: `At least ${value} characters.`, fr: `Au moins ${value} caractères.` }[language] },
  compare: (before, after, { id }) =>
    boundChange('min-length', `the least length of ${id}`, before, after, (next, old) => next < old),
});

/** All facts, and one more. */
export const WITH_MIN_LENGTH = [...FACTS, minLength];

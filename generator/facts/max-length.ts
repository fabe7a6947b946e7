import { boundChange } from './bound.js';
import { fact, jsonRule } from './fact.js';

const SENTENCES = {
  en: (count: string) => `At most ${count} characters.`,
  fr: (count: string) => `Au plus ${count} caractères.`,
};

/** ElementDefinition.maxLength, in characters. */
export const maxLength = fact({
  key: 'maxLength',
  kinds: ['max-length'],
  read: (element) => element.count('maxLength'),
  parse: (element) => element.count('maxLength'),
  declared: (pinned: number | undefined): number | undefined => pinned,
  ofBase: () => undefined,
  signature: (value, reach) => (reach === 'type' ? null : (value ?? null)),
  merge: (general, specific) =>
    general === undefined || specific === undefined ? (specific ?? general) : Math.min(general, specific),
  differential: (own, general) => (own === general ? undefined : own),
  rules: (value) => jsonRule('maxLength', value),
  doc: (value, { language }) =>
    value === undefined ? undefined : { place: 'line', text: SENTENCES[language](String(value)) },
  compare: (before, after, { id }) =>
    boundChange('max-length', `the length of ${id}`, before, after, (next, old) => next > old),
});

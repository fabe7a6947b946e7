import { isSameJson, type Json } from '../fhir/json.js';
import { boundChange, isAbove, narrowerBound, readBound } from './bound.js';
import { fact, jsonRule } from './fact.js';

const SENTENCES = {
  en: (value: string) => `Largest value: \`${value}\`.`,
  fr: (value: string) => `Plus grande valeur : \`${value}\`.`,
};

/** ElementDefinition.maxValue[x]: the bound itself is allowed. */
export const maxValue = fact({
  key: 'maxValue',
  kinds: ['max-value'],
  read: (element, { limits }) => readBound(element, 'maxValue', limits.depth),
  parse: (element, { depth }) => element.json('maxValue', depth),
  declared: (pinned: Json | undefined): Json | undefined => pinned,
  ofBase: () => undefined,
  signature: (value, reach) => (reach === 'type' ? null : (value ?? null)),
  merge: (general, specific) => narrowerBound(general, specific, (a, b) => isAbove(b, a)),
  beyond: (own, general) => (isSameJson(own, general) ? undefined : own),
  rules: (value) => jsonRule('maxValue', value),
  doc: (value, { language, value: text }) =>
    value === undefined ? undefined : { place: 'line', text: SENTENCES[language](text(value)) },
  compare: (before, after, { id }) => boundChange('max-value', `the highest value of ${id}`, before, after, isAbove),
});

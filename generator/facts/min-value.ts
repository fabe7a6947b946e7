import { isSameJson, type Json } from '../fhir/json.js';
import { boundChange, isAbove, narrowerBound, readBound } from './bound.js';
import { fact, jsonRule } from './fact.js';

const SENTENCES = {
  en: (value: string) => `Smallest value: \`${value}\`.`,
  fr: (value: string) => `Plus petite valeur : \`${value}\`.`,
};

/** ElementDefinition.minValue[x]: the bound itself is allowed. */
export const minValue = fact({
  key: 'minValue',
  kinds: ['min-value'],
  read: (element, { limits }) => readBound(element, 'minValue', limits.depth),
  parse: (element, { depth }) => element.json('minValue', depth),
  declared: (pinned: Json | undefined): Json | undefined => pinned,
  ofBase: () => undefined,
  signature: (value, reach) => (reach === 'type' ? null : (value ?? null)),
  merge: (general, specific) => narrowerBound(general, specific, isAbove),
  beyond: (own, general) => (isSameJson(own, general) ? undefined : own),
  rules: (value) => jsonRule('minValue', value),
  doc: (value, { language, value: text }) =>
    value === undefined ? undefined : { place: 'line', text: SENTENCES[language](text(value)) },
  compare: (before, after, { id }) =>
    boundChange('min-value', `the lowest value of ${id}`, before, after, (next, old) => isAbove(old, next)),
});

import { isSameJson, type Json } from '../fhir/json.js';
import { boundChange, isAbove, narrowerBound, readBound } from './bound.js';
import { valueText } from './doc-text.js';
import { fact, jsonRule } from './fact.js';

const START = { en: 'Minimum value: ', fr: 'Valeur minimale : ' };

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
  differential: (own, general) => (isSameJson(own, general) ? undefined : own),
  rules: (value) => jsonRule('minValue', value),
  doc: (value, { language }) =>
    value === undefined ? undefined : { place: 'line', text: [START[language], valueText(value), '.'] },
  compare: (before, after, { id }) =>
    boundChange('min-value', `the lowest value of ${id}`, before, after, (next, old) => isAbove(old, next)),
});

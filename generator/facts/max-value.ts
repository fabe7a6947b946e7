import { isSameJson, type Json } from '../fhir/json.js';
import { boundChange, isAbove, narrowerBound, readBound } from './bound.js';
import { valueText } from './doc-text.js';
import { fact, jsonRule } from './fact.js';

const START = { en: 'Maximum value: ', fr: 'Valeur maximale : ' };

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
  differential: (own, general) => (isSameJson(own, general) ? undefined : own),
  rules: (value) => jsonRule('maxValue', value),
  doc: (value, { language }) =>
    value === undefined ? undefined : { place: 'line', text: [START[language], valueText(value), '.'] },
  compare: (before, after, { id }) => boundChange('max-value', `the highest value of ${id}`, before, after, isAbove),
});

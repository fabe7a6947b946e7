import { isSameJson, type Json } from '../fhir/json.js';
import { givenDoc } from './doc-text.js';
import { fact, jsonRule } from './fact.js';
import { givenChanges, parseGivenValue, readGivenValue, type TypedValue } from './given-value.js';

const NAME = { en: 'fixed value', fr: 'valeur fixée' };

/** ElementDefinition.fixed[x]: the value must equal this one exactly. */
export const fixed = fact({
  key: 'fixed',
  kinds: ['fixed-value'],
  read: (element, { limits }) => readGivenValue(element, 'fixed', limits.depth),
  parse: (element, limits) => parseGivenValue(element, 'fixed', limits),
  declared: (pinned: TypedValue | undefined): Json | undefined => pinned?.value,
  ofBase: () => undefined,
  signature: (value) => value ?? null,
  merge: (general, specific) => specific ?? general,
  differential: (own, general) => (isSameJson(own, general) ? undefined : own),
  rules: (value) => jsonRule('fixed', value),
  doc: (value, { language }) => givenDoc(NAME[language], value),
  compare: (_before, _after, comparison) => givenChanges('fixed-value', comparison),
});

import { isSameJson, type Json } from '../fhir/json.js';
import { givenDoc } from './doc-text.js';
import { fact, jsonRule } from './fact.js';
import { givenChanges, parseGivenValue, readGivenValue, type TypedValue } from './given-value.js';

const NAME = { en: 'pattern', fr: 'motif' };

/** ElementDefinition.pattern[x]: the value must have everything that the pattern has, and may have more. */
export const pattern = fact({
  key: 'pattern',
  kinds: ['pattern'],
  read: (element, { limits }) => readGivenValue(element, 'pattern', limits.depth),
  parse: (element, limits) => parseGivenValue(element, 'pattern', limits),
  // FHIR R4, ElementDefinition, eld-8: pattern and fixed exclude each other; a fixed value is stricter.
  declared: (pinned: TypedValue | undefined, { isFixed }): Json | undefined => (isFixed ? undefined : pinned?.value),
  ofBase: () => undefined,
  signature: (value) => value ?? null,
  merge: (general, specific) => specific ?? general,
  differential: (own, general) => (isSameJson(own, general) ? undefined : own),
  rules: (value) => jsonRule('pattern', value),
  doc: (value, { language }) => givenDoc(NAME[language], value),
  compare: (_before, _after, comparison) => givenChanges('pattern', comparison),
});

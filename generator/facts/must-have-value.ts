import { fact, jsonRule } from './fact.js';
import { SAFE, STRICTER_RULE } from './verdict.js';

const SENTENCE = {
  en: 'Must have a value: an extension cannot replace it.',
  fr: 'Doit avoir une valeur : aucune extension ne peut la remplacer.',
};

/** ElementDefinition.mustHaveValue of FHIR R5: where the primitive is present, extensions do not replace its value. */
export const mustHaveValue = fact({
  key: 'mustHaveValue',
  kinds: ['must-have-value'],
  read: (element) => (element.boolean('mustHaveValue') === true ? (true as const) : undefined),
  parse: (element) => (element.boolean('mustHaveValue') === true ? (true as const) : undefined),
  declared: (pinned: true | undefined, { family }): true | undefined => (family === 5 ? pinned : undefined),
  ofBase: () => undefined,
  signature: (value, reach) => (reach === 'type' ? null : (value ?? null)),
  merge: (general, specific) => specific ?? general,
  differential: (own, general) => (own === general ? undefined : own),
  rules: (value) => (value === undefined ? [] : jsonRule('valued', [])),
  doc: (value, { language }) => (value === undefined ? undefined : { place: 'line', text: SENTENCE[language] }),
  compare(before, after, { id }) {
    if (before === after) return [];
    const verdicts = after === true ? STRICTER_RULE : SAFE;
    const sentence = after === true ? `${id} must have a value` : `an extension may replace the value of ${id}`;
    return [
      {
        kind: 'must-have-value',
        ...verdicts,
        before: String(before === true),
        after: String(after === true),
        sentence,
      },
    ];
  },
});

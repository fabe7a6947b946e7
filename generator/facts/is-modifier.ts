import { fact } from './fact.js';
import { SAFE } from './verdict.js';

const WORDS = { en: 'modifier', fr: 'modificateur' };

/**
 * ElementDefinition.isModifier: a program that does not understand the element must not proceed (FHIR R4, "Modifier
 * elements").
 */
export const isModifier = fact({
  key: 'isModifier',
  kinds: ['modifier'],
  read: (element) => (element.boolean('isModifier') === true ? (true as const) : undefined),
  parse: (element) => (element.boolean('isModifier') === true ? (true as const) : undefined),
  declared: (pinned: true | undefined): boolean => pinned === true,
  ofBase: () => false,
  signature: () => null,
  merge: (general, specific) => general || specific,
  differential: (own) => own,
  rules: () => [],
  doc: (value, { language }) => (value ? { place: 'flag', text: WORDS[language] } : undefined),
  compare(before, after, { id }) {
    if (before === after) return [];
    const sentence = after
      ? `${id} is now a modifier: readers of the resource must check it`
      : `${id} is no longer a modifier`;
    const both = { before: String(before), after: String(after) };
    return [{ kind: 'modifier', ...SAFE, ...(after ? {} : { documentation: true }), ...both, sentence }];
  },
});

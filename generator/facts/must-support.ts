import { fact } from './fact.js';
import { SAFE } from './verdict.js';

/** ElementDefinition.mustSupport */
export const mustSupport = fact({
  key: 'mustSupport',
  kinds: ['must-support'],
  read: (element) => (element.boolean('mustSupport') === true ? (true as const) : undefined),
  parse: (element) => (element.boolean('mustSupport') === true ? (true as const) : undefined),
  declared: (pinned: true | undefined): boolean => pinned === true,
  ofBase: () => false,
  signature: () => null,
  merge: (general, specific) => general || specific,
  differential: (own) => own,
  rules: () => [],
  doc: (value) => (value ? { place: 'flag', text: 'must support' } : undefined),
  compare(before, after, { id }) {
    if (before === after) return [];
    const sentence = `systems ${after ? 'must now' : 'no longer have to'} support ${id}`;
    return [
      { kind: 'must-support', ...SAFE, documentation: true, before: String(before), after: String(after), sentence },
    ];
  },
});

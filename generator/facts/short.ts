import { fact } from './fact.js';
import { SAFE } from './verdict.js';

/** ElementDefinition.short: the guide's own words about the element. */
export const short = fact({
  key: 'short',
  kinds: ['short'],
  read: (element, { limits }) => element.line('short', limits.textLength),
  parse: (element) => element.string('short'),
  declared: (pinned: string | undefined): string | undefined => pinned,
  ofBase: () => undefined,
  signature: () => null,
  merge: (general, specific) => specific ?? general,
  differential: (own) => own,
  rules: () => [],
  doc(value) {
    const line = value?.trim() ?? '';
    if (line === '') return undefined;
    return { place: 'lead', text: /[.!?…]$/.test(line) ? line : `${line}.` };
  },
  // A datatype describes its elements in other words than the profile that uses them.
  compare(before, after, { id, isSameElement }) {
    if (!isSameElement || before === after) return [];
    const both = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
    return [{ kind: 'short', ...SAFE, documentation: true, ...both, sentence: `the description of ${id} changed` }];
  },
});

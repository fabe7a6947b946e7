import { fact } from './fact.js';
import { readValueSetLimit } from './value-set-limit.js';
import { SAFE } from './verdict.js';

const START = { en: 'Systems must support:', fr: 'À prendre en charge :' };

/**
 * The extension elementdefinition-minValueSet of FHIR R4: "the minimum set of codes that any conformant system SHALL
 * support". It constrains systems: no value breaks it.
 */
export const minValueSet = fact({
  key: 'minValueSet',
  kinds: ['min-value-set'],
  read: (element, source) => readValueSetLimit(element, source, 'minValueSet'),
  parse: (element) => element.string('minValueSet'),
  declared: (pinned: string | undefined, { valueSetKey }): string | undefined =>
    pinned === undefined ? undefined : valueSetKey(pinned),
  ofBase: () => undefined,
  signature: () => null,
  merge: (general, specific) => specific ?? general,
  differential: (own) => own,
  rules: () => [],
  doc: (value, { language, valueSet }) =>
    value === undefined ? undefined : { place: 'line', text: `${START[language]} ${valueSet(value)}.` },
  compare(before, after, { id, translate, nameOf }) {
    if ((before === undefined ? undefined : translate(before)) === after) return [];
    const sentence =
      after === undefined
        ? `systems no longer have to support the codes of ${nameOf(before ?? '')} for ${id}`
        : `systems must support the codes of ${nameOf(after)} for ${id}`;
    const both = { before: before ?? 'none', after: after ?? 'none' };
    return [{ kind: 'min-value-set', ...SAFE, documentation: true, ...both, sentence }];
  },
});

import { fact, type FactComparison } from './fact.js';
import { listed, without } from './list.js';
import { readValueSetLimit } from './value-set-limit.js';
import { SAFE, STRICTER_RULE, UNKNOWN } from './verdict.js';

const START = { en: 'All codes from:', fr: 'Tous les codes de :' };

/**
 * The extension elementdefinition-maxValueSet of FHIR R4: "this defines a required binding over the top of the
 * extensible binding". Those of FHIR's own elements are in the tables of the types.
 */
export const maxValueSet = fact({
  key: 'maxValueSet',
  kinds: ['max-value-set'],
  read: (element, source) => readValueSetLimit(element, source, 'maxValueSet'),
  parse: (element) => element.string('maxValueSet'),
  declared(pinned: string | undefined, { base, valueSetKey }): string | undefined {
    const canonical = pinned === undefined ? undefined : valueSetKey(pinned);
    return canonical === base.maxValueSet ? undefined : canonical;
  },
  ofBase: () => undefined,
  signature: (value, reach) => (reach === 'type' ? null : (value ?? null)),
  merge: (general, specific) => specific ?? general,
  differential: (own, general) => (own === general ? undefined : own),
  rules: (value) => (value === undefined ? [] : [['maxCodes', { kind: 'codes', valueSet: value }]]),
  doc: (value, { language, valueSet }) =>
    value === undefined ? undefined : { place: 'line', text: `${START[language]} ${valueSet(value)}.` },
  compare(before, after, comparison) {
    if ((before === undefined ? undefined : comparison.translate(before)) === after) return [];
    const { id, nameOf } = comparison;
    const both = { before: before ?? 'none', after: after ?? 'none' };
    if (after === undefined) {
      const sentence = `${id} may have codes from outside ${nameOf(before ?? '')} again`;
      return [{ kind: 'max-value-set', ...SAFE, ...both, sentence }];
    }
    const { removed, verdicts } = narrowed(before, after, comparison);
    const lost = removed.length === 0 ? '' : `, which lacks ${listed(removed)}`;
    const sentence = `all codes of ${id} must come from ${nameOf(after)}${lost}`;
    return [{ kind: 'max-value-set', ...verdicts, ...both, sentence }];
  },
});

function narrowed(before: string | undefined, after: string, comparison: FactComparison) {
  const was = before === undefined ? undefined : comparison.codesOf('before', before);
  const is = comparison.codesOf('after', after);
  if (was !== undefined && is !== undefined) {
    const removed = without(was, is);
    return { removed, verdicts: removed.length > 0 ? STRICTER_RULE : SAFE };
  }
  return { removed: [], verdicts: comparison.isResolved('after', after) ? STRICTER_RULE : UNKNOWN };
}

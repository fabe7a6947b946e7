import { canonicalWithin } from '../fhir/canonical.js';
import { isSameJson } from '../fhir/json.js';
import { readAdditional } from './value-set-limit.js';
import { fact } from './fact.js';
import { SAFE } from './verdict.js';

const START = { en: 'Also:', fr: 'Aussi :' };

/** Purposes that only help a person to choose: every element of a code has one in R5's own types. */
const HINTS: ReadonlySet<string> = new Set(['starter', 'ui', 'minimum']);

/**
 * ElementDefinition.binding.additional of FHIR R5, an extension before: value sets beside that of the binding. What
 * holds of every value is a limit of the binding (see `maxValueSet`); the others hold in some uses, which no instance
 * shows, or are advice, and stand in comments.
 */
export const additionalBindings = fact({
  key: 'additionalBindings',
  kinds: ['additional-bindings'],
  read(element, { profile }): readonly string[] | undefined {
    const texts = readAdditional(element).flatMap(({ purpose, valueSet, hasUsage }) => {
      const isLimit = !hasUsage && (purpose === 'maximum' || purpose === 'required');
      if (valueSet === undefined || isLimit || HINTS.has(purpose)) return [];
      return [`${purpose}${hasUsage ? ' in some uses' : ''}, ${canonicalWithin(valueSet, profile)}`];
    });
    return texts.length === 0 ? undefined : texts;
  },
  parse(element): readonly string[] | undefined {
    const texts = element.json('additionalBindings', 1);
    if (texts === undefined) return undefined;
    if (!Array.isArray(texts)) throw element.wrong('additionalBindings', 'an array');
    return texts.map(String);
  },
  declared: (pinned: readonly string[] | undefined): readonly string[] | undefined => pinned,
  ofBase: () => undefined,
  signature: () => null,
  merge: (general, specific) => specific ?? general,
  differential: (own) => own,
  rules: () => [],
  doc: (value, { language }) =>
    value === undefined ? undefined : { place: 'line', text: `${START[language]} ${value.join('; ')}.` },
  compare(before, after, { id }) {
    if (isSameJson(before, after)) return [];
    const both = { before: before?.join('; ') ?? 'none', after: after?.join('; ') ?? 'none' };
    const sentence = `the additional bindings of ${id} changed`;
    return [{ kind: 'additional-bindings', ...SAFE, documentation: true, ...both, sentence }];
  },
});

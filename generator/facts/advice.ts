import { isSameJson } from '../fhir/json.js';
import { fact, type Fact, type FactReader, type FactSource } from './fact.js';
import { SAFE } from './verdict.js';

/** A fact that no value breaks: sentences for people, shown in comments. */
interface Advice<Key extends string, Kind extends string> {
  readonly key: Key;
  readonly kind: Kind;
  /** The start of the comment. */
  readonly start: { readonly en: string; readonly fr: string };
  /** The name in `diff`: `obligations`. */
  readonly called: string;
  /** The texts of an ElementDefinition. */
  readonly read: (element: FactReader, source: FactSource) => readonly string[];
}

/**
 * Makes an advice fact: pinned as texts, taken from the most specific profile, documented, never a rule.
 *
 * @param advice how the fact is read and named
 */
export function adviceFact<const Key extends string, const Kind extends string>({
  key,
  kind,
  start,
  called,
  read,
}: Advice<Key, Kind>): Fact<Key, readonly string[], readonly string[] | undefined, Kind> {
  return fact({
    key,
    kinds: [kind],
    read(element, source): readonly string[] | undefined {
      const texts = read(element, source);
      return texts.length === 0 ? undefined : texts;
    },
    parse(element): readonly string[] | undefined {
      const texts = element.json(key, 1);
      if (texts === undefined) return undefined;
      if (!Array.isArray(texts)) throw element.wrong(key, 'an array');
      return texts.map(String);
    },
    declared: (pinned: readonly string[] | undefined): readonly string[] | undefined => pinned,
    ofBase: () => undefined,
    signature: () => null,
    merge: (general, specific) => specific ?? general,
    differential: (own) => own,
    rules: () => [],
    doc: (value, { language }) =>
      value === undefined ? undefined : { place: 'line', text: `${start[language]} ${value.join('; ')}.` },
    compare(before, after, { id }) {
      if (isSameJson(before, after)) return [];
      const both = { before: before?.join('; ') ?? 'none', after: after?.join('; ') ?? 'none' };
      return [{ kind, ...SAFE, documentation: true, ...both, sentence: `the ${called} of ${id} changed` }];
    },
  });
}

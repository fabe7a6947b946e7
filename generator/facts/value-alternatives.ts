import { isSameJson } from '../fhir/json.js';
import { fact, type FactReader, jsonRule } from './fact.js';
import { listed, without } from './list.js';
import { SAFE, STRICTER_RULE } from './verdict.js';

const SENTENCES = {
  en: (urls: string) => `Without a value, one of these extensions gives the reason: ${urls}.`,
  fr: (urls: string) => `Sans valeur, une de ces extensions donne la raison : ${urls}.`,
};

/** ElementDefinition.valueAlternatives of FHIR R5: the extensions that may replace the value of a primitive. */
export const valueAlternatives = fact({
  key: 'valueAlternatives',
  kinds: ['value-alternatives'],
  read: readUrls,
  parse: readUrls,
  declared: (pinned: readonly string[] | undefined, { family }): readonly string[] | undefined =>
    family === 5 ? pinned : undefined,
  ofBase: () => undefined,
  signature: (value, reach) => (reach === 'type' ? null : (value ?? null)),
  merge: (general, specific) => specific ?? general,
  differential: (own, general) => (isSameJson(own, general) ? undefined : own),
  rules: (value) => jsonRule('valued', value),
  doc: (value, { language }) =>
    value === undefined ? undefined : { place: 'line', text: SENTENCES[language](value.join(', ')) },
  compare(before, after, { id }) {
    if (isSameJson(before, after)) return [];
    const isLooser = after === undefined || (before !== undefined && without(before, after).length === 0);
    const sentence =
      after === undefined
        ? `any extension may replace the value of ${id}`
        : `only these extensions may replace the value of ${id}: ${listed(after)}`;
    const both = { before: before?.join(', ') ?? 'any', after: after?.join(', ') ?? 'any' };
    return [{ kind: 'value-alternatives', ...(isLooser ? SAFE : STRICTER_RULE), ...both, sentence }];
  },
});

function readUrls(element: FactReader): readonly string[] | undefined {
  const urls = element.json('valueAlternatives', 1);
  if (urls === undefined) return undefined;
  if (!Array.isArray(urls)) throw element.wrong('valueAlternatives', 'an array');
  const texts = urls.filter((url) => typeof url === 'string');
  if (texts.length < urls.length) throw element.wrong('valueAlternatives', 'an array of strings');
  return texts.length === 0 ? undefined : texts;
}

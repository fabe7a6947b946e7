import { isSameJson } from '../fhir/json.js';
import { fact, type FactReader } from './fact.js';
import { SAFE } from './verdict.js';

const EXTENSION = 'http://hl7.org/fhir/StructureDefinition/obligation';
const START = { en: 'Obligations: ', fr: 'Obligations : ' };

/** Obligations of one element that are kept: comments are for people. */
const LIMIT = 20;

/**
 * The extension obligation (FHIR R5, Obligations): what systems do with the element, `SHALL:populate`, each with the actor
 * that it is for. It is about systems: no value breaks it.
 */
export const obligations = fact({
  key: 'obligations',
  kinds: ['obligations'],
  read(element, { limits }): readonly string[] | undefined {
    const found = element
      .objects('extension')
      .filter((one) => one.string('url') === EXTENSION)
      .flatMap((one) => textsOf(one, limits.textLength));
    return found.length === 0 ? undefined : [...new Set(found)].slice(0, LIMIT);
  },
  parse(element): readonly string[] | undefined {
    const texts = element.json('obligations', 1);
    if (texts === undefined) return undefined;
    if (!Array.isArray(texts)) throw element.wrong('obligations', 'an array');
    return texts.map(String);
  },
  declared: (pinned: readonly string[] | undefined): readonly string[] | undefined => pinned,
  ofBase: () => undefined,
  signature: () => null,
  merge: (general, specific) => specific ?? general,
  differential: (own) => own,
  rules: () => [],
  doc: (value, { language }) =>
    value === undefined ? undefined : { place: 'line', text: `${START[language]}${value.join('; ')}.` },
  compare(before, after, { id }) {
    if (isSameJson(before, after)) return [];
    const both = { before: before?.join('; ') ?? 'none', after: after?.join('; ') ?? 'none' };
    return [
      { kind: 'obligations', ...SAFE, documentation: true, ...both, sentence: `the obligations for ${id} changed` },
    ];
  },
});

/** `SHALL:populate (http://example.org/ActorDefinition/sender)` */
function textsOf(extension: FactReader, limit: number): string[] {
  const parts = extension.objects('extension');
  const of = (url: string): readonly FactReader[] => parts.filter((part) => part.string('url') === url);
  const actors = of('actor').flatMap((part) => part.string('valueCanonical') ?? []);
  const suffix = actors.length === 0 ? '' : ` (${actors.join(', ')})`;
  return of('code').flatMap((part) => {
    const code = part.line('valueCode', limit);
    return code === undefined ? [] : [`${code}${suffix}`.slice(0, limit)];
  });
}

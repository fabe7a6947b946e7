import { type Comment, type CommentLine, type CommentPart, code, see } from '../emit/comment.js';
import type { FactDoc, FactWords } from '../facts/fact.js';
import { factDocs } from '../facts/values.js';
import { cardinality } from '../fhir/cardinality.js';
import type { ResolvedElement, ResolvedProfile } from '../model/resolved.js';
import type { RenderContext } from './context.js';
import type { TypeScope } from './scope.js';
import type { Words } from './words.js';

/**
 * What a member's comment says: the guide's own words, where the guide speaks of it, cardinality, and all facts.
 *
 * @param context all value sets
 * @param element of a profile
 */
export function elementComment(context: RenderContext, element: ResolvedElement): Comment {
  const docs = factDocs(element, factWords(context), context.facts);
  const at = (place: FactDoc['place']): CommentLine[] =>
    docs.filter((doc) => doc.place === place).map(({ text }) => text);
  const flags = docs.flatMap((doc) => (doc.place === 'flag' ? [', ', ...parts(doc.text)] : []));
  return [...at('lead'), [code(element.id), ` ${cardinality(element.min, element.max)}`, ...flags, '.'], ...at('line')];
}

function parts(text: FactDoc['text']): readonly CommentPart[] {
  return typeof text === 'string' ? [text] : text;
}

function factWords({ words, valueSets }: RenderContext): FactWords {
  return {
    language: words.language,
    valueSet(canonical) {
      const known = valueSets.get(canonical);
      return known === undefined ? canonical : `${known.title ?? known.name} (${canonical})`;
    },
  };
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text.trim()) ? text : `${text.trim()}.`;
}

/**
 * The comment of a type that a profile needs for one of its parts, with the one link to the guide's page.
 *
 * @param scope of the module
 * @param element the part
 */
export function partComment({ context, profile }: TypeScope, element: ResolvedElement): Comment {
  return [...elementComment(context, element), see(profile.page ?? profile.url)];
}

/**
 * The comment of a profile's type.
 *
 * @param profile any
 * @param words of the language
 */
export function profileComment(profile: ResolvedProfile, words: Words): Comment {
  return [
    sentence(profile.root.short ?? profile.title ?? profile.name),
    words.profile(profile.title ?? profile.name, profile.type, profile.url, profile.version),
    ...(profile.page === undefined ? [] : [see(profile.page)]),
  ];
}

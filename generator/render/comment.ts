import { type Comment, type CommentLine, type CommentPart, code, see } from '../emit/comment.js';
import type { FactDoc, FactWords } from '../facts/fact.js';
import { factDocs } from '../facts/values.js';
import { cardinality } from '../fhir/cardinality.js';
import { ownVersion } from '../fhir/package-id.js';
import type { ResolvedElement, ResolvedProfile } from '../model/resolved.js';
import type { RenderContext } from './context.js';
import type { TypeScope } from './scope.js';
import type { Words } from './words.js';

/**
 * The comment of a member: the guide's own words, cardinality, must-support, fixed value, bounds, binding.
 *
 * @param context all value sets
 * @param element of a profile
 */
export function elementComment(context: RenderContext, element: ResolvedElement): Comment {
  return [briefComment(context, element), ...factLines(docsOf(context, element))];
}

/**
 * The same in one line, for what belongs to the member: an input, a method of a builder, a reader.
 *
 * @param context all value sets
 * @param element of a profile
 */
export function briefComment(context: RenderContext, element: ResolvedElement): CommentLine {
  const docs = docsOf(context, element);
  const lead = docs.filter((doc) => doc.place === 'lead').flatMap((doc) => [...parts(doc.text), ' ']);
  return [...lead, ...occurrence(element, docs)];
}

/** Cardinality, must-support and the like. */
function occurrence({ min, max }: ResolvedElement, docs: readonly FactDoc[]): CommentPart[] {
  const flags = docs.flatMap((doc) => (doc.place === 'flag' ? [', ', ...parts(doc.text)] : []));
  return [cardinality(min, max), ...flags, '.'];
}

function factLines(docs: readonly FactDoc[]): CommentLine[] {
  return docs.filter((doc) => doc.place === 'line').map((doc) => doc.text);
}

function docsOf(context: RenderContext, element: ResolvedElement): readonly FactDoc[] {
  return factDocs(element, factWords(context), context.facts);
}

function parts(text: FactDoc['text']): readonly CommentPart[] {
  return typeof text === 'string' ? [text] : text;
}

function factWords({ words, valueSets, names, codeLimit }: RenderContext): FactWords {
  return {
    language: words.language,
    valueSet(canonical) {
      const known = valueSets.get(canonical);
      if (known === undefined) return canonical;
      const size = known.systems.reduce((sum, { concepts }) => sum + concepts.length, 0);
      const constants = size > 0 && size <= codeLimit ? names.valueSets.get(canonical)?.constants.name : undefined;
      return `${known.title ?? known.name} (${canonical})${constants === undefined ? '' : words.constantsOf(constants)}`;
    },
  };
}

/**
 * The comment of a type that a profile needs for one of its parts, with the one link to the guide's page; fixed values
 * and bindings are documented at the member that has the type.
 *
 * @param scope of the module
 * @param element the part
 */
export function partComment({ context, profile }: TypeScope, element: ResolvedElement): Comment {
  const docs = docsOf(context, element);
  return [
    ...docs.filter((doc) => doc.place === 'lead').map((doc) => doc.text),
    [code(element.id), ' ', ...occurrence(element, docs)],
    see(profile.page ?? profile.url),
  ];
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text.trim()) ? text : `${text.trim()}.`;
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
    words.profile(profile.title ?? profile.name, profile.type, profile.url, ownVersion(profile)),
    ...(profile.page === undefined ? [] : [see(profile.page)]),
  ];
}

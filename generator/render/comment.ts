import { type Comment, type CommentLine, code, see } from '../emit/comment.js';
import { cardinality } from '../fhir/cardinality.js';
import type { ResolvedElement, ResolvedProfile } from '../model/resolved.js';
import type { RenderContext } from './context.js';
import type { TypeScope } from './scope.js';
import type { Words } from './words.js';

/**
 * What a member's comment says: the guide's own words, cardinality, must-support, fixed value, bounds, binding.
 *
 * @param context all value sets
 * @param element of a profile
 */
export function elementComment(context: RenderContext, element: ResolvedElement): Comment {
  return [briefComment(context, element), ...factLines(context, element)];
}

/**
 * The same in one line, for what stands beside the member itself: an input, a method of a builder, a reader.
 *
 * @param context all value sets
 * @param element of a profile
 */
export function briefComment(context: RenderContext, element: ResolvedElement): string {
  return [...wordsLine(element), `${flagsOf(context, element)}.`].join(' ');
}

function wordsLine({ short = '' }: ResolvedElement): string[] {
  return short.trim() === '' ? [] : [sentence(short)];
}

function flagsOf({ words }: RenderContext, { min, max, mustSupport, isModifier }: ResolvedElement): string {
  return [
    cardinality(min, max),
    ...(mustSupport ? [words.mustSupport] : []),
    ...(isModifier ? [words.modifier] : []),
  ].join(', ');
}

function factLines({ words, valueSets }: RenderContext, element: ResolvedElement): CommentLine[] {
  const { fixed, pattern, minValue, maxValue, binding } = element;
  const lines: CommentLine[] = [];
  if (fixed !== undefined) lines.push(words.fixed(fixed));
  else if (pattern !== undefined) lines.push(words.pattern(pattern));
  if (minValue !== undefined) lines.push(words.minValue(minValue));
  if (maxValue !== undefined) lines.push(words.maxValue(maxValue));
  if (binding !== undefined) {
    const known = valueSets.get(binding.valueSet);
    const title = known === undefined ? binding.valueSet : `${known.title ?? known.name} (${binding.valueSet})`;
    lines.push(words.binding(binding.strength, title));
  }
  return lines;
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
  return [
    ...wordsLine(element),
    [code(element.id), ` ${flagsOf(context, element)}.`],
    ...factLines(context, element),
    see(profile.page ?? profile.url),
  ];
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

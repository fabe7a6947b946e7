import { type Comment, type CommentLine, code, see } from '../emit/comment.js';
import { cardinality } from '../fhir/cardinality.js';
import type { ResolvedElement, ResolvedProfile } from '../model/resolved.js';
import type { RenderContext } from './context.js';
import type { TypeScope } from './scope.js';
import type { Words } from './words.js';

/**
 * What a member's comment says: the guide's own words, where the guide speaks of it, cardinality, must-support, fixed
 * value, bounds, binding.
 *
 * @param context all value sets
 * @param element of a profile
 */
export function elementComment(context: RenderContext, element: ResolvedElement): Comment {
  const { words } = context;
  const flags = [
    cardinality(element.min, element.max),
    ...(element.mustSupport ? [words.mustSupport] : []),
    ...(element.isModifier ? [words.modifier] : []),
  ];
  const lines: CommentLine[] = [[code(element.id), ` ${flags.join(', ')}.`]];
  if (element.short !== undefined && element.short.trim() !== '') lines.unshift(sentence(element.short));
  if (element.fixed !== undefined) lines.push(words.fixed(element.fixed));
  else if (element.pattern !== undefined) lines.push(words.pattern(element.pattern));
  if (element.minValue !== undefined) lines.push(words.minValue(element.minValue));
  if (element.maxValue !== undefined) lines.push(words.maxValue(element.maxValue));
  if (element.binding !== undefined) {
    const { strength, valueSet } = element.binding;
    const known = context.valueSets.get(valueSet);
    lines.push(words.binding(strength, known === undefined ? valueSet : `${known.title ?? known.name} (${valueSet})`));
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

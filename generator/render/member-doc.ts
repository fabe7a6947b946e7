import type { ElementModel, ProfileModel } from '../model/model.js';
import { docText, jsonLiteral } from './literal.js';
import type { TypeScope } from './type-scope.js';
import type { Words } from './words.js';
import { cardinality } from '../fhir/cardinality.js';
import type { Json } from '../fhir/json.js';

/** Longest fixed value that a comment repeats. */
const VALUE_LIMIT = 200;

/**
 * What a member's comment says: the guide's own words, cardinality, must-support, fixed value, binding, and where the
 * guide speaks of it.
 *
 * @param scope of the module
 * @param element of its profile, or of one that it uses
 * @returns lines, already safe in a comment
 */
export function elementDoc(scope: TypeScope, element: ElementModel): string[] {
  const { context, profile } = scope;
  const isOwn = element.id === profile.type || element.id.startsWith(`${profile.type}.`);
  const id = `\`${docText(element.id)}\``;
  const facts = [
    `${isOwn ? `[${id}](${docText(profile.page ?? profile.url)})` : id} ${cardinality(element.min, element.max)}`,
  ];
  if (element.mustSupport) facts.push(context.words.mustSupport);
  if (element.isModifier) facts.push(context.words.modifier);
  const lines = [`${facts.join(', ')}.`];
  if (element.short !== undefined && element.short.trim() !== '') lines.unshift(sentence(docText(element.short)));
  const value = element.fixed ?? element.pattern;
  if (value !== undefined) {
    const text = valueText(value);
    lines.push(element.fixed === undefined ? context.words.pattern(text) : context.words.fixed(text));
  }
  if (element.minValue !== undefined) lines.push(context.words.minValue(valueText(element.minValue)));
  if (element.maxValue !== undefined) lines.push(context.words.maxValue(valueText(element.maxValue)));
  if (element.binding !== undefined) {
    const { strength, valueSet } = element.binding;
    const known = context.valueSets.get(valueSet);
    const name =
      known === undefined ? docText(valueSet) : `${docText(known.title ?? known.name)} (${docText(valueSet)})`;
    lines.push(context.words.binding(strength, name));
  }
  return lines;
}

function valueText(value: Json): string {
  return docText(jsonLiteral(value)).slice(0, VALUE_LIMIT);
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/**
 * What the comment of a profile's type says.
 *
 * @param profile any
 * @param words of the language
 */
export function profileDoc(profile: ProfileModel, words: Words): string[] {
  const lines = [
    sentence(docText(profile.root.short ?? profile.title ?? profile.name)),
    words.profile(
      docText(profile.title ?? profile.name),
      profile.type,
      docText(profile.url),
      profile.version === undefined ? undefined : docText(profile.version),
    ),
  ];
  if (profile.page !== undefined) lines.push(`@see ${docText(profile.page)}`);
  return lines;
}

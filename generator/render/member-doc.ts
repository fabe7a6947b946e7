import type { DocText, FactDoc } from '../facts/fact.js';
import { factDocs } from '../facts/values.js';
import type { ElementModel, ProfileModel } from '../model/model.js';
import type { RenderContext } from './context.js';
import { docText, jsonLiteral } from './literal.js';
import type { TypeScope } from './type-scope.js';
import type { Words } from './words.js';
import { cardinality } from '../fhir/cardinality.js';

/** Longest fixed value that a comment repeats. */
const VALUE_LIMIT = 200;

/**
 * What a member's comment says: the guide's own words, where the guide speaks of the element, its cardinality, and all
 * facts.
 *
 * @param scope of the module
 * @param element of its profile, or of one that it uses
 * @returns lines, already safe in a comment
 */
export function elementDoc(scope: TypeScope, element: ElementModel): string[] {
  const { context, profile } = scope;
  const isOwn = element.id === profile.type || element.id.startsWith(`${profile.type}.`);
  const id = `\`${docText(element.id)}\``;
  const docs = factDocs(element, docTextOf(context), context.facts);
  const at = (place: FactDoc['place']): string[] => docs.filter((doc) => doc.place === place).map(({ text }) => text);
  const place = isOwn ? `[${id}](${docText(profile.page ?? profile.url)})` : id;
  const flags = [`${place} ${cardinality(element.min, element.max)}`, ...at('flag')].join(', ');
  return [...at('lead'), `${flags}.`, ...at('line')];
}

function docTextOf(context: RenderContext): DocText {
  return {
    language: context.words.language,
    text: docText,
    value: (value) => docText(jsonLiteral(value)).slice(0, VALUE_LIMIT),
    valueSet(canonical) {
      const known = context.valueSets.get(canonical);
      const name = known === undefined ? undefined : docText(known.title ?? known.name);
      return name === undefined ? docText(canonical) : `${name} (${docText(canonical)})`;
    },
  };
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

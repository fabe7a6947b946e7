import type { FactLanguage } from '../facts/fact.js';

/** Languages that the fixed sentences of comments exist in; the guide's own words stay as they are. */
export const DOC_LANGUAGES = ['en', 'fr'] as const satisfies readonly FactLanguage[];

/** One of them. */
export type DocLanguage = (typeof DOC_LANGUAGES)[number];

/** The fixed sentences of comments that are made outside of templates; those about facts are in `facts/`. Arguments are safe in a comment already. */
export interface Words {
  readonly language: DocLanguage;
  readonly profile: (title: string, type: string, url: string, version: string | undefined) => string;
  readonly prohibited: string;
  readonly extensionsOf: (member: string) => string;
  readonly inputOf: (type: string) => string;
  readonly writtenByCreate: string;
  readonly noSlice: string;
  readonly builderOf: (type: string) => string;
}

const ENGLISH: Words = {
  language: 'en',
  profile: (title, type, url, version) =>
    `Profile ${title} of ${type}, ${url}${version === undefined ? '' : ` version ${version}`}.`,
  prohibited: 'Prohibited by the profile.',
  extensionsOf: (member) => `Extensions of \`${member}\`.`,
  inputOf: (type) =>
    `What \`create\` takes for {@link ${type}}: a sliced array may be an object keyed by slice name, fixed values need not be written.`,
  writtenByCreate: 'Written by `create`.',
  noSlice: 'Items that belong to no slice.',
  builderOf: (type) => `Builds a {@link ${type}} step by step; \`build\` compiles when nothing required is missing.`,
};

const FRENCH: Words = {
  language: 'fr',
  profile: (title, type, url, version) =>
    `Profil ${title} de ${type}, ${url}${version === undefined ? '' : ` version ${version}`}.`,
  prohibited: 'Interdit par le profil.',
  extensionsOf: (member) => `Extensions de \`${member}\`.`,
  inputOf: (type) =>
    `Ce que \`create\` accepte pour {@link ${type}} : un tableau découpé en slices peut être un objet indexé par nom de slice, les valeurs fixées peuvent être omises.`,
  writtenByCreate: 'Écrit par `create`.',
  noSlice: "Éléments qui n'appartiennent à aucune slice.",
  builderOf: (type) => `Construit un {@link ${type}} pas à pas ; \`build\` compile quand rien d'obligatoire ne manque.`,
};

/**
 * The fixed sentences of a language.
 *
 * @param language one that there is
 */
export function wordsOf(language: DocLanguage): Words {
  return language === 'fr' ? FRENCH : ENGLISH;
}

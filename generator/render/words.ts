import { code, type CommentLine, type CommentPart, linkTo } from '../emit/comment.js';
import type { FactLanguage } from '../facts/fact.js';

/** Languages that the fixed sentences of comments exist in; texts of the guide stay as they are. */
export const DOC_LANGUAGES = ['en', 'fr'] as const satisfies readonly FactLanguage[];

/** One of them. */
export type DocLanguage = (typeof DOC_LANGUAGES)[number];

/**
 * The fixed sentences of comments, except those about facts, which are in `facts/`. The printer of comments escapes
 * texts of packages.
 */
export interface Words {
  readonly language: DocLanguage;
  readonly profile: (title: string, type: string, url: string, version: string | undefined) => CommentLine;
  readonly tag: CommentLine;
  readonly prohibited: CommentLine;
  readonly extensionsOf: (member: string) => CommentLine;
  readonly membersOf: (type: string) => CommentLine;
  readonly inputOf: (type: string) => CommentLine;
  readonly writtenByCreate: CommentLine;
  readonly referenceTo: (type: string) => CommentLine;
  readonly noSlice: CommentLine;
  readonly writer: (reader: string) => CommentLine;
  readonly builderOf: (type: string) => CommentLine;
  readonly table: (type: string) => CommentLine;
  readonly completion: (type: string) => CommentLine;
  readonly create: (type: string) => CommentLine;
  readonly guard: (type: string) => CommentLine;
  readonly anyValue: CommentText;
  readonly validate: (type: string) => CommentLine;
  readonly options: CommentText;
  readonly assert: (type: string) => CommentLine;
  readonly parse: (type: string) => CommentLine;
  readonly schema: (type: string) => CommentLine;
  /** The phrases about bindings. */
  readonly constantsOf: (constants: string) => string;
  readonly codeOf: (valueSet: string) => CommentLine;
  /**
   * @param constants the link to the constants of the codes
   */
  readonly codingOf: (valueSet: string, constants: string | undefined) => CommentLine;
  readonly codesByMeaning: (valueSet: string) => CommentLine;
  readonly codesForValidator: (valueSet: string) => CommentLine;
  readonly elementsOf: (type: string, fhirVersion: string) => CommentLine;
  readonly datatypes: (fhirVersion: string) => CommentLine;
  readonly datatypeInvariants: CommentLine;
  readonly invariantTexts: CommentLine;
  readonly profiles: CommentLine;
  readonly byProfile: CommentLine;
  readonly byProfileIssues: CommentText;
}

/** What follows a block tag. */
export type CommentText = string | readonly CommentPart[];

const ENGLISH: Words = {
  language: 'en',
  profile: (title, type, url, version) =>
    `Profile ${title} of ${type}, ${url}${version === undefined ? '' : ` version ${version}`}.`,
  tag: 'The profiles that the value conforms to; for the compiler only.',
  prohibited: 'Prohibited by the profile.',
  extensionsOf: (member) => ['Extensions of ', code(member), '.'],
  membersOf: (type) => ['The members of ', linkTo(type), ' that are not a choice of types.'],
  inputOf: (type) => ['Input for ', linkTo(type), '.'],
  writtenByCreate: ['Written by ', code('create'), '.'],
  referenceTo: (type) => ['A reference to a resource that conforms to ', code(type), '.'],
  noSlice: 'Items of no slice.',
  writer: (reader) => ['Writes what ', linkTo(reader), ' reads.'],
  builderOf: (type) => ['Builds a ', linkTo(type), '.'],
  table: (type) => ['Validation rules of ', linkTo(type), '.'],
  completion: (type) => ['What ', code('create'), ' adds to an input for ', linkTo(type), '.'],
  create: (type) => ['Creates a ', linkTo(type), '; what the profile fixes may be left out.'],
  guard: (type) => ['Whether a value conforms to ', linkTo(type), '.'],
  anyValue: 'any value',
  validate: (type) => ['Validates a value against ', linkTo(type), ': it conforms when no issue is an error.'],
  options: 'language of the messages, FHIRPath engine, profiles of other resources',
  assert: (type) => ['Throws a ', code('ProfileError'), ' unless a value conforms to ', linkTo(type), '.'],
  parse: (type) => ['Reads a ', linkTo(type), ' from JSON text or a parsed value.'],
  schema: (type) => [linkTo(type), ' as a Standard Schema.'],
  constantsOf: (constants) => `; constants: ${constants}`,
  codeOf: (valueSet) => `A code of ${valueSet}.`,
  codingOf: (valueSet, constants) => [
    `A Coding of ${valueSet}`,
    ...(constants === undefined ? ['.'] : ['; ', linkTo(constants), ' lists them.']),
  ],
  codesByMeaning: (valueSet) => `The codes of ${valueSet}, by their meaning.`,
  codesForValidator: (valueSet) => `The codes of ${valueSet}, for the validator.`,
  elementsOf: (type, fhirVersion) => `The elements of ${type} in FHIR ${fhirVersion}.`,
  datatypes: (fhirVersion) => `The datatypes of FHIR ${fhirVersion} by name.`,
  datatypeInvariants: 'The invariants of datatypes by name.',
  invariantTexts: 'Messages for the invariants of datatypes, by key.',
  profiles: [
    'The profiles of resources and extensions by canonical, for ',
    code('ValidateOptions.profiles'),
    '. Importing this bundles all of them.',
  ],
  byProfile: [
    'Validates a resource against the profiles that it claims in ',
    code('meta.profile'),
    ', and likewise the resources in it.',
  ],
  byProfileIssues:
    'the issues; a remark for each resource that claims no profile of this package (if it is a Bundle, its entries are validated)',
};

const FRENCH: Words = {
  language: 'fr',
  profile: (title, type, url, version) =>
    `Profil ${title} de ${type}, ${url}${version === undefined ? '' : ` version ${version}`}.`,
  tag: 'Les profils auxquels la valeur est conforme ; pour le compilateur seulement.',
  prohibited: 'Interdit par le profil.',
  extensionsOf: (member) => ['Extensions de ', code(member), '.'],
  membersOf: (type) => ['Les membres de ', linkTo(type), ' qui ne sont pas un choix de type.'],
  inputOf: (type) => ['Entrée pour ', linkTo(type), '.'],
  writtenByCreate: ['Écrit par ', code('create'), '.'],
  referenceTo: (type) => ['Une référence à une ressource conforme à ', code(type), '.'],
  noSlice: 'Éléments hors slice.',
  writer: (reader) => ['Écrit ce que ', linkTo(reader), ' lit.'],
  builderOf: (type) => ['Construit un ', linkTo(type), '.'],
  table: (type) => ['Règles de validation de ', linkTo(type), '.'],
  completion: (type) => ['Ce que ', code('create'), ' ajoute à une entrée pour ', linkTo(type), '.'],
  create: (type) => ['Crée un ', linkTo(type), ' ; ce que le profil fixe peut être omis.'],
  guard: (type) => ['Indique si une valeur est conforme à ', linkTo(type), '.'],
  anyValue: 'une valeur quelconque',
  validate: (type) => [
    'Valide une valeur par rapport à ',
    linkTo(type),
    ' : elle est conforme si aucune anomalie n’est une erreur.',
  ],
  options: 'langue des messages, moteur FHIRPath, profils des autres ressources',
  assert: (type) => ['Lève une ', code('ProfileError'), ' si une valeur n’est pas conforme à ', linkTo(type), '.'],
  parse: (type) => ['Lit un ', linkTo(type), ' à partir d’un texte JSON ou d’une valeur déjà analysée.'],
  schema: (type) => [linkTo(type), ' sous forme de Standard Schema.'],
  constantsOf: (constants) => ` ; constantes : ${constants}`,
  codeOf: (valueSet) => `Un code de ${valueSet}.`,
  codingOf: (valueSet, constants) => [
    `Un Coding de ${valueSet}`,
    ...(constants === undefined ? ['.'] : [' ; ', linkTo(constants), ' en donne la liste.']),
  ],
  codesByMeaning: (valueSet) => `Les codes de ${valueSet}, par signification.`,
  codesForValidator: (valueSet) => `Les codes de ${valueSet}, pour le validateur.`,
  elementsOf: (type, fhirVersion) => `Les éléments de ${type} dans FHIR ${fhirVersion}.`,
  datatypes: (fhirVersion) => `Les types de données de FHIR ${fhirVersion} par nom.`,
  datatypeInvariants: 'Les invariants des types de données par nom.',
  invariantTexts: 'Messages des invariants des types de données, par clé.',
  profiles: [
    'Les profils de ressources et d’extensions par URL canonique, pour ',
    code('ValidateOptions.profiles'),
    '. Importer cette constante les embarque tous.',
  ],
  byProfile: [
    'Valide une ressource par rapport aux profils qu’elle déclare dans ',
    code('meta.profile'),
    ', ainsi que les ressources qu’elle contient.',
  ],
  byProfileIssues:
    'les anomalies ; avec une remarque pour chaque ressource qui ne déclare aucun profil de ce paquet (si c’est un Bundle, ses entrées sont validées)',
};

/**
 * The fixed sentences of a language.
 *
 * @param language the language
 */
export function wordsOf(language: DocLanguage): Words {
  return language === 'fr' ? FRENCH : ENGLISH;
}

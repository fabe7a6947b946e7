import type { IssueType, Severity } from './issue.js';

/** A rule: how grave it is to break it, the FHIR issue type, and what to say of it in English and in French. */
type Rule = readonly [severity: Severity, code: IssueType, en: string, fr: string];

/**
 * Every rule that the validator knows, with the section of FHIR R4 that it comes from. `{0}`, `{1}`… are filled with
 * what the rule wants and what was found.
 */
export const rules = {
  // ElementDefinition, "min" and "max"; Conformance Rules, "Cardinality"
  min: ['error', 'required', 'at least {0} required, {1} found', 'au moins {0} requis, {1} trouvé(s)'],
  max: ['error', 'structure', 'at most {0} allowed, {1} found', 'au plus {0} autorisé(s), {1} trouvé(s)'],
  // JSON Representation of Resources
  json: ['error', 'structure', 'must be a JSON {0}, found {1}', 'doit être de type JSON {0}, trouvé {1}'],
  unknown: ['error', 'structure', 'unknown property {0}', 'propriété inconnue {0}'],
  empty: ['error', 'structure', 'must not be empty, found {0}', 'ne doit pas être vide, trouvé {0}'],
  null: [
    'error',
    'structure',
    'null is allowed only in an array whose twin has an element there, found {0}',
    'null n’est permis que dans un tableau dont le jumeau a un élément à cette place, trouvé {0}',
  ],
  // Resource Definitions, "Type Identification"
  resource: ['error', 'structure', 'resourceType must be {0}, found {1}', 'resourceType doit être {0}, trouvé {1}'],
  // Data Types, "Primitive Types"
  format: ['error', 'value', 'must be a valid {0}, found {1}', 'doit être un {0} valide, trouvé {1}'],
  // Formats, "Choice of Data Types"; ElementDefinition.type
  choice: [
    'error',
    'structure',
    'only one type at a time, found {0} and {1}',
    'un seul type à la fois, trouvé {0} et {1}',
  ],
  type: ['error', 'structure', 'type must be {0}, found {1}', 'le type doit être {0}, trouvé {1}'],
  // ElementDefinition.fixed[x], pattern[x], maxLength
  fixed: ['error', 'value', 'must be {0}, found {1}', 'doit être {0}, trouvé {1}'],
  pattern: ['error', 'value', 'must contain {0}, found {1}', 'doit contenir {0}, trouvé {1}'],
  length: ['error', 'too-long', 'at most {0} characters, found {1}', 'au plus {0} caractères, trouvé {1}'],
  // Terminologies, "Binding Strengths"
  code: [
    'error',
    'code-invalid',
    'must be in value set {0}, found {1}',
    'doit être dans le jeu de valeurs {0}, trouvé {1}',
  ],
  suggested: [
    'information',
    'code-invalid',
    'not in extensible value set {0}, found {1}',
    'hors du jeu de valeurs extensible {0}, trouvé {1}',
  ],
  // Profiling FHIR, "Slicing"
  sliceMin: [
    'error',
    'required',
    'slice {0}: at least {1} required, {2} found',
    'tranche {0} : au moins {1} requis, {2} trouvé(s)',
  ],
  sliceMax: [
    'error',
    'structure',
    'slice {0}: at most {1} allowed, {2} found',
    'tranche {0} : au plus {1} autorisé(s), {2} trouvé(s)',
  ],
  closed: [
    'error',
    'structure',
    'belongs to no slice of {0}, and no other is allowed',
    'n’appartient à aucune tranche parmi {0}, et rien d’autre n’est permis',
  ],
  order: ['error', 'structure', 'slice {0} must come before {1}', 'la tranche {0} doit précéder {1}'],
  end: [
    'error',
    'structure',
    'what belongs to no slice must come last, found before slice {0}',
    'ce qui n’appartient à aucune tranche doit venir en dernier, trouvé avant la tranche {0}',
  ],
  several: [
    'error',
    'structure',
    'belongs to more than one slice: {0} and {1}',
    'appartient à plusieurs tranches : {0} et {1}',
  ],
  undecided: [
    'information',
    'informational',
    'the profile does not allow to tell whether items belong to slice {0}',
    'le profil ne permet pas de dire si des éléments appartiennent à la tranche {0}',
  ],
  // Profiling FHIR, "Using Profiles": ElementDefinition.type.profile
  profile: ['error', 'structure', 'conforms to none of {0}', 'n’est conforme à aucun de {0}'],
  // Extensibility, "Modifier Extensions"
  modifier: ['error', 'extension', 'unknown modifier extension {0}', 'extension modificatrice inconnue {0}'],
  // References, "Literal References"; ElementDefinition.type.targetProfile
  target: ['error', 'structure', 'must refer to {0}, found {1} in {2}', 'doit référencer {0}, trouvé {1} dans {2}'],
  relative: [
    'error',
    'value',
    'a relative reference must be Type/id, found {0}',
    'une référence relative doit être de la forme Type/id, trouvé {0}',
  ],
  lost: ['error', 'not-found', 'no contained resource for {0}', 'aucune ressource contenue pour {0}'],
  // ElementDefinition.constraint
  invariant: ['error', 'invariant', 'constraint {0} failed: {1}', 'contrainte {0} non respectée : {1}'],
  warning: ['warning', 'invariant', 'constraint {0} failed: {1}', 'contrainte {0} non respectée : {1}'],
  unevaluated: [
    'information',
    'exception',
    'constraint {0} could not be evaluated: {1}',
    'contrainte {0} non évaluable : {1}',
  ],
  // Limits of this validator
  deep: ['error', 'too-long', 'nested deeper than {0} levels', 'imbrication de plus de {0} niveaux'],
  costly: ['error', 'too-costly', 'more than {0} values to check', 'plus de {0} valeurs à vérifier'],
  many: [
    'error',
    'too-costly',
    'more than {0} issues; the rest was not checked',
    'plus de {0} problèmes ; le reste n’a pas été vérifié',
  ],
  unreadable: ['error', 'exception', 'cannot be read: {0}', 'illisible : {0}'],
} as const satisfies Readonly<Record<string, Rule>>;

/** Name of a rule. */
export type RuleName = keyof typeof rules;

/** Languages of messages. */
export type Language = 'en' | 'fr';

/**
 * The sentence for a broken rule.
 *
 * @param details what fills the placeholders, already fit to be shown
 */
export function message(rule: RuleName, language: Language, details: readonly unknown[]): string {
  return rules[rule][language === 'fr' ? 3 : 2].replace(/\{(\d)\}/g, (_, place: string) =>
    String(details[Number(place)]),
  );
}

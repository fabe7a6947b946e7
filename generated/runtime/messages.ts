import type { IssueType, Severity } from './issue.js';

/** A rule: the FHIR issue type, what to say of it in English and in French, and how grave it is if no error. */
type Rule = readonly [code: IssueType, en: string, fr: string, severity?: Severity];

const BE = ['must be {0}, found {1}', 'doit être {0}, trouvé {1}'] as const;

/**
 * Every rule that the validator knows, with the section of FHIR R4 that it comes from. `{0}` and `{1}` are filled
 * with what the rule wants and what was found; a slice is named with the element: `Patient.identifier:ins`.
 */
export const rules = {
  // ElementDefinition.min and max; Profiling FHIR, "Slicing"
  min: ['required', 'at least {0} required, {1} found', 'au moins {0} requis, {1} trouvé(s)'],
  max: ['structure', 'at most {0} allowed, {1} found', 'au plus {0} permis, {1} trouvé(s)'],
  // JSON Representation of Resources
  json: ['structure', ...BE],
  unknown: ['structure', 'unknown property {0}', 'propriété inconnue {0}'],
  empty: ['structure', 'must not be empty', 'ne doit pas être vide'],
  null: ['structure', 'null without counterpart', 'null sans contrepartie'],
  // Resource Definitions, "Type Identification"
  resource: ['structure', 'resourceType must be {0}, found {1}', 'resourceType doit être {0}, trouvé {1}'],
  // Data Types, "Primitive Types"
  format: ['value', ...BE],
  // Formats, "Choice of Data Types"; ElementDefinition.type
  choice: ['structure', 'not both {0} and {1}', 'pas à la fois {0} et {1}'],
  type: ['structure', ...BE],
  // ElementDefinition.fixed[x], pattern[x], maxLength
  fixed: ['value', ...BE],
  exact: [
    'value',
    'must be {0} with no id and no extension, found {1}',
    'doit être {0} sans id ni extension, trouvé {1}',
  ],
  pattern: ['value', 'must contain {0}, found {1}', 'doit contenir {0}, trouvé {1}'],
  length: ['too-long', 'at most {0} characters, {1} found', 'au plus {0} caractères, {1} trouvés'],
  // ElementDefinition.minValue[x], maxValue[x]
  least: ['value', 'must be at least {0}, found {1}', 'doit être au moins {0}, trouvé {1}'],
  most: ['value', 'must be at most {0}, found {1}', 'doit être au plus {0}, trouvé {1}'],
  // Terminologies, "Binding Strengths"
  code: ['code-invalid', 'must be in {0}, found {1}', 'doit être dans {0}, trouvé {1}'],
  suggested: ['code-invalid', 'not in {0}: {1}', 'hors de {0} : {1}', 'information'],
  // Profiling FHIR, "Slicing"
  closed: ['structure', 'belongs to none of {0}', 'n’appartient à aucune de {0}'],
  order: ['structure', '{0} must precede {1}', '{0} doit précéder {1}'],
  several: ['structure', 'belongs to {0} at once', 'appartient à la fois à {0}'],
  undecided: ['informational', 'cannot tell what belongs to {0}', 'appartenance à {0} indécidable', 'information'],
  // ElementDefinition.type.profile
  profile: ['structure', 'conforms to none of {0}', 'non conforme à {0}'],
  // Extensibility, "Modifier Extensions"
  modifier: ['extension', 'unknown modifier extension {0}', 'extension modificatrice inconnue {0}'],
  // References, "Literal References"; ElementDefinition.type.targetProfile
  target: ['structure', 'must refer to {0}, found {1}', 'doit référencer {0}, trouvé {1}'],
  reference: ['value', ...BE],
  lost: ['not-found', 'nothing contained is {0}', 'rien de contenu n’est {0}'],
  // ImagingStudy, "Identifiers"; DICOM PS3.5, "Unique Identifiers (UIDs)"
  uid: ['value', 'cannot be a DICOM UID: {0}', 'ne peut pas être un UID DICOM : {0}', 'warning'],
  // ElementDefinition.constraint
  invariant: ['invariant', 'breaks {0}: {1}', 'enfreint {0} : {1}'],
  warning: ['invariant', 'breaks {0}: {1}', 'enfreint {0} : {1}', 'warning'],
  unevaluated: ['exception', 'cannot evaluate {0}: {1}', '{0} non évaluable : {1}', 'information'],
  // Limits of this validator
  deep: ['too-long', 'deeper than {0} levels', 'plus de {0} niveaux'],
  costly: ['too-costly', 'more than {0} values', 'plus de {0} valeurs'],
  many: ['too-costly', 'more than {0} issues', 'plus de {0} problèmes'],
  unreadable: ['exception', 'cannot be read: {0}', 'illisible : {0}'],
} as const satisfies Readonly<Record<string, Rule>>;

/** Name of a rule. */
export type RuleName = keyof typeof rules;

/**
 * The sentence for a broken rule.
 *
 * @param details what fills the placeholders, already fit to be shown
 */
export function message([, en, fr]: Rule, language: 'en' | 'fr' | undefined, details: readonly unknown[]): string {
  return (language === 'fr' ? fr : en).replace(/\{(\d)\}/g, (_, place: string) => String(details[Number(place)]));
}

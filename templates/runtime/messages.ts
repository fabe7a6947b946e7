import type { Language } from './language.js';

const TEXTS = {
  // ElementDefinition.min and max; Profiling FHIR, "Slicing"
  min: 'at least {0} required, {1} found',
  max: 'at most {0} allowed, {1} found',
  none: 'not allowed by the profile',
  slice: 'slice {0}: {1}',
  // JSON Representation of Resources
  json: 'must be {0w}, found {1}',
  syntax: 'not valid JSON: {0}',
  unknown: 'unknown property {0}',
  empty: 'must not be empty',
  null: 'null is not allowed here',
  // Narrative; FHIR's txt-1 and txt-2 only say that an engine checks them
  malformed: 'not well-formed XHTML at {0}',
  'txt-1': 'txt-1: a narrative must not have {0}',
  'txt-2': 'txt-2: a narrative must have text or an image',
  // Resource Definitions, "Type Identification"
  resource: 'resourceType must be {0w}, found {1}',
  // Data Types, "Primitive Types"
  format: 'must be {0w}, found {1}',
  // Formats, "Choice of Data Types"; ElementDefinition.type
  choice: 'only one of {0} and {1} is allowed',
  type: 'must be of type {0}, found {1}',
  // ElementDefinition.fixed[x], pattern[x], maxLength
  fixed: 'must be exactly {0}, found {1}',
  exact: 'must be exactly {0}, without id or extensions; also found {1}',
  pattern: 'must contain {0}, found {1}',
  length: 'at most {0} character{0s} allowed, {1} found',
  // ElementDefinition.minValue[x], maxValue[x]
  least: 'must be at least {0}, found {1}',
  most: 'must be at most {0}, found {1}',
  // Terminologies, "Binding Strengths"
  code: '{0} is not one of the {1} codes of {2}',
  few: '{0} is not one of the codes of {2}: {1}',
  listed: '{0} is not one of the codes {1}',
  outside: '{0} is not in the value set {2}',
  uncoded: 'a code of {2} is required, none found',
  mean: '{0}; did you mean {1}?',
  suggested: '{0} is not in {2} (extensible binding)',
  // Profiling FHIR, "Slicing"
  closed: 'matches none of the slices: {0}',
  order: 'slice {0} must come before slice {1}',
  last: 'slice {0} must come before the items that belong to no slice',
  several: 'matches several slices: {0}',
  tried: '{0} (matches no slice; compared with {1})',
  undecided: 'cannot evaluate the discriminator of {0}',
  // ElementDefinition.type.profile
  profile: 'conforms to none of the profiles {0}',
  // Extensibility, "Modifier Extensions"
  modifier: 'unknown modifier extension {0}',
  modifying: '{0} must be a modifierExtension',
  unmodifying: '{0} must not be a modifierExtension',
  // Defining Extensions, "Context"
  context: 'extension {0} is not allowed here, only on {1}',
  // References, "Literal References"; ElementDefinition.type.targetProfile
  target: 'must refer to {0}, found {1}',
  reference: 'must be a URL, #id or {0}, found {1}',
  lost: 'contained resource {0} not found',
  // ImagingStudy, "Identifiers"; DICOM PS3.5, "Unique Identifiers (UIDs)"
  uid: '{0} is not a valid DICOM UID',
  // FHIR Documents, "Document Content"; Bundle, "Resolving references in Bundles"
  absent: '{0} not found in the document',
  misnamed: '{0} not found in the document; the entry with this type and id has the fullUrl {1}',
  apart: 'no chain of references leads from the Composition to {0}',
  backward:
    'no chain of references leads from the Composition to {0}, which refers to the document; only a Provenance may',
  referring: 'no chain of references leads from the Composition to {0}, which refers to the document',
  // Bundle, "Constraints"
  'bdl-7': 'bdl-7: another entry has the fullUrl {0}',
  'bdl-8': 'bdl-8: {0} must not name a version',
  'bdl-9': 'bdl-9: the identifier of a document must have a system and a value',
  first: '{0}: the first entry must be a {1}',
  misplaced: '{0}: not allowed in a Bundle of type {1}',
  // Bundle.entry.fullUrl
  address: 'must end with {0}, found {1}',
  // ElementDefinition.constraint
  invariant: '{0}: {1}',
  warning: '{0}: {1}',
  unevaluated: 'cannot evaluate {0}: {1}',
  engine: '{0} invariant{0s} not evaluated without a FHIRPath engine: {1}',
  unloaded: '{0} claimed profile{0s} not loaded, so not checked: {1}',
  'ext-1': 'ext-1: an extension must have either a value or extensions, not both',
  'dom-2': 'dom-2: a contained resource must not contain resources',
  'dom-3': 'dom-3: nothing in the resource refers to this contained resource, nor does it refer to the resource',
  namesake: 'another contained resource has the id {0}',
  'dom-4': 'dom-4: a contained resource must not have meta.versionId or meta.lastUpdated',
  'dom-5': 'dom-5: a contained resource must not have meta.security',
  // Resource, "Metadata"
  unclaimed: 'claims no known profile in meta.profile: not validated',
  // Limits of this validator
  deep: 'nested more than {0} levels deep: the rest is not validated',
  costly: 'more than {0} values: the rest is not validated',
  many: 'more than {0} issues: the rest is not listed',
  unreadable: 'cannot be read: {0}',
  // OperationOutcome
  fine: 'no issues',
} as const;

const WORDS = {
  nothing: 'nothing',
  or: ' or ',
  bare: '{0} without system',
  object: 'an object',
  array: 'an array',
  boolean: 'true or false',
  number: 'a number',
  decimal: 'a number',
  integer: 'an integer from -2147483648 to 2147483647',
  integer64: 'an integer from -9223372036854775808 to 9223372036854775807, as a string',
  unsignedInt: 'an integer from 0 to 2147483647',
  positiveInt: 'an integer from 1 to 2147483647',
  string: 'a string of 1 to 1048576 characters, without control characters',
  text: 'a string',
  markdown: 'a string of 1 to 1048576 characters, without control characters',
  code: 'a code: no whitespace at either end, no two spaces in a row',
  id: '1 to 64 characters of A–Z a–z 0–9 - .',
  uri: 'a URI without whitespace',
  url: 'a URL without whitespace',
  canonical: 'a canonical URL without whitespace',
  oid: 'an OID such as urn:oid:1.2.250.1.213',
  uuid: 'a UUID such as urn:uuid:c757873d-ec9a-4326-a141-556f43239520, in lower case',
  base64Binary: 'base64-encoded data',
  date: 'a valid date: YYYY, YYYY-MM or YYYY-MM-DD',
  dateTime: 'a valid date, YYYY, YYYY-MM or YYYY-MM-DD, or YYYY-MM-DDThh:mm:ss with a time zone (Z or ±hh:mm)',
  instant: 'a valid point in time: YYYY-MM-DDThh:mm:ss with a time zone (Z or ±hh:mm)',
  time: 'a time of day: hh:mm:ss',
} as const;

/** Name of a message: of a rule, or of a part of a message. */
export type MessageName = keyof typeof TEXTS;

/** Name of a word that messages use. */
export type WordName = keyof typeof WORDS;

/** Every message in English, with the sections of FHIR R4 that define the rules. */
export const english: Language = { texts: TEXTS, words: WORDS };

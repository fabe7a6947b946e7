/** What users of the models may name; generated modules call `internal.ts`, and the rest of this folder is its inside. */
export type * from './builder.js';
export type * from './coded.js';
export type * from './completion.js';
export * from './edit.js';
export { ProfileError } from './error.js';
export type * as fhir4 from './fhir.js';
export type * from './issue.js';
export * from './one-or-more.js';
export * from './outcome.js';
export type { Parsed } from './parse.js';
export * from './reference.js';
export type * from './schema.js';
export type * from './slice-access.js';
export type * from './table.js';
export type * from './types.js';
export type * from './value-set.js';
export type { FhirPathEngine, ValidateOptions } from './validate.js';

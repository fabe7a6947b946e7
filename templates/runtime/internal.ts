/** The part of the runtime that generated modules call. It may change with every version of the generator. */
export { builderClass } from './builder.js';
export { bundleRules } from './bundle.js';
export { validateClaims } from './claims.js';
export { codesWhere } from './codes-where.js';
export { create } from './create.js';
export { assertConforms } from './error.js';
// Loads French, so that `language: 'fr'` finds it; bundlers omit it if no program uses it.
export { french } from './french.js';
export { conforms } from './guard.js';
export { parse } from './parse.js';
export { sliceReader } from './reader.js';
export { schema } from './schema.js';
export { validate } from './validate.js';
export { conceptsOf, valueSet } from './value-set.js';
export { sliceWriter } from './writer.js';

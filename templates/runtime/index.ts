/** Everything that generated modules and their users need; the rest of this folder is its inside. */
export * from './builder.js';
export type * from './coded.js';
export * from './claims.js';
export type * from './completion.js';
export * from './create.js';
export * from './error.js';
export * from './guard.js';
export * from './issue.js';
export * from './outcome.js';
export * from './parse.js';
export * from './reader.js';
export * from './reference.js';
export * from './schema.js';
export type * from './table.js';
export type * from './types.js';
export * from './validate.js';

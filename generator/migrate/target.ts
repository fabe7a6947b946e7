import type { ExportPlace } from '../diff/exports.js';

/** A use of a removed export or member in a program. */
export interface Left {
  /** The number of the line, from 1. */
  readonly line: number;
  readonly name: string;
}

/** A module of the models that a program imports. */
export interface Target {
  /** The replacement of an export; `undefined` for a removed one, `unknown` for one that the renames do not list. */
  readonly find: (name: string) => ExportPlace | undefined | 'unknown';
  /** The new specifier of the import. */
  readonly specifier: string;
  /** The specifier for an export that may have moved elsewhere than its module. */
  readonly specifierFor: (place: ExportPlace) => string;
}

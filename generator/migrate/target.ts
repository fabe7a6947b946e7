import type { ExportPlace } from '../diff/exports.js';

/** A name that a program uses and that has nothing in its place. */
export interface Left {
  /** From 1. */
  readonly line: number;
  readonly name: string;
}

/** A module of the models, as an import sees it. */
export interface Target {
  /** What stands in the place of an export; `unknown` for one that the renames do not speak of. */
  readonly find: (name: string) => ExportPlace | undefined | 'unknown';
  /** The specifier that the import has from now on. */
  readonly specifier: string;
  /** The specifier for an export that may have moved elsewhere than its module. */
  readonly specifierFor: (place: ExportPlace) => string;
}

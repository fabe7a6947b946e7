import type { Declaration } from './declaration.js';

/** A TypeScript file of the output. */
export interface Module {
  /** Path below the output folder, without extension. */
  readonly file: string;
  /** First line, a comment. */
  readonly header?: string;
  readonly declarations: readonly Declaration[];
}

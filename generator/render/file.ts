/** A file of the output. */
export interface GeneratedFile {
  /** From the output folder, with `/`. */
  readonly path: string;
  readonly content: string;
}

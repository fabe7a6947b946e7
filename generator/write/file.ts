/** A file of the output: what render gives and write takes. */
export interface GeneratedFile {
  /** Relative to the output folder, parts separated by `/` on every system. */
  readonly path: string;
  /** UTF-8 text with `\n` line ends. */
  readonly content: string;
}

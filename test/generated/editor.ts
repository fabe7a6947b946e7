/** What an editor shows at a place of a text. */
export interface Editor {
  /** Names offered there, in the order in which they are shown. */
  completions(): Promise<string[]>;
  /** What is shown on hover: the type, and the documentation. */
  hover(): Promise<{ readonly type: string; readonly documentation: string }>;
  /** Where "go to definition" leads: file from the project's root, and the text of the line. */
  definition(): Promise<{ readonly file: string; readonly line: string }>;
}

/** What makes an editor know TypeScript. */
export interface Backend {
  /**
   * An editor with the cursor in a text.
   *
   * @param text TypeScript in which `¦` stands for the cursor
   */
  editorAt(text: string): Editor;
  /** Ends what was started. */
  close(): Promise<void>;
}

/** An entry of a list of completions. */
export interface Entry {
  readonly name: string;
  /** What lists are sorted by before the name. */
  readonly sortText: string;
}

/**
 * Names in the order in which editors show them.
 *
 * @param entries as a backend gives them
 */
export function shown(entries: readonly Entry[]): string[] {
  return entries
    .map((entry) => ({ key: `${entry.sortText} ${entry.name}`, name: entry.name.replace(/^["']|["']$/g, '') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((entry) => entry.name);
}

/**
 * The text without the mark of the cursor, and where that was.
 *
 * @param marked text with `¦` in it
 */
export function cursorIn(marked: string): { readonly text: string; readonly position: number } {
  return { text: marked.replace('¦', ''), position: marked.indexOf('¦') };
}

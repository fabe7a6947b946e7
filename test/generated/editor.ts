/** The information that an editor shows at a position. */
export interface Editor {
  /** The completions, in the order in which they are shown. */
  completions(): Promise<string[]>;
  /** The hover text: type and documentation. */
  hover(): Promise<{ readonly type: string; readonly documentation: string }>;
  /** The target of "go to definition": file relative to the project's root, and the text of the line. */
  definition(): Promise<{ readonly file: string; readonly line: string }>;
}

/** A provider of TypeScript features for an editor. */
export interface Backend {
  /**
   * An editor with the cursor in a text.
   *
   * @param text TypeScript in which `¦` marks the cursor
   */
  editorAt(text: string): Editor;
  /** Stops its processes. */
  close(): Promise<void>;
}

/** An entry of a completion list. */
export interface Entry {
  readonly name: string;
  /** The sort key before the name. */
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
 * The text without the cursor mark, and the position of the cursor.
 *
 * @param marked text with `¦` in it
 */
export function cursorIn(marked: string): { readonly text: string; readonly position: number } {
  return { text: marked.replace('¦', ''), position: marked.indexOf('¦') };
}

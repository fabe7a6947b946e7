/** A range of a text and its replacement. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Applies edits to a text.
 *
 * @param text any
 * @param edits the edits, which must not overlap, in any order
 */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { start, end, text: own } of [...edits].sort((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + own + result.slice(end);
  }
  return result;
}

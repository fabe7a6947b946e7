/** A piece of a text and what takes its place. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A text with all edits made.
 *
 * @param text any
 * @param edits that do not overlap, in any order
 */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { start, end, text: own } of [...edits].sort((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + own + result.slice(end);
  }
  return result;
}

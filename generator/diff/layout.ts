/** The screen that shows a report: its width, and how it applies styles. */
export interface Screen {
  readonly columns: number;
  /** Applies a style to a text, or returns the text unchanged. */
  readonly paint: Paint;
}

/** A style of a text on a terminal. */
export type Style = 'title' | 'grave' | 'warning' | 'good' | 'dim';

/** Applies a style to a text, see {@link Screen}. */
export type Paint = (style: Style, text: string) => string;

/** Not a terminal. */
export const PLAIN: Screen = { columns: 80, paint: (_, text) => text };

/**
 * Wraps a text. A word longer than a line is on a separate line, and is not cut.
 *
 * @param text words separated by spaces
 * @param width of a line
 * @param first prefix of the first line
 * @param rest prefix of the others
 */
export function wrapped(text: string, width: number, first = '', rest = first): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/**
 * A text cut to the width of a line.
 *
 * @param text any
 * @param width of the line
 */
export function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1)).trimEnd()}…`;
}

/**
 * As many items as fit in a line, and the number of the rest.
 *
 * @param items at least one
 * @param width of the line
 */
export function fitting(items: readonly string[], width: number): string {
  const whole = items.join(', ');
  if (whole.length <= width) return whole;
  for (let count = items.length - 1; count > 0; count--) {
    const text = `${items.slice(0, count).join(', ')} and ${items.length - count} more`;
    if (text.length <= width) return text;
  }
  return shortened(whole, width);
}

/** A line on the left and its counterpart on the right; `undefined` where there is none. */
export type Row = readonly [left: string | undefined, right: string | undefined];

/**
 * Places two texts side by side: equal lines are in the same row.
 *
 * @param before lines of the left side
 * @param after lines of the right side
 */
export function rowsOf(before: readonly string[], after: readonly string[]): readonly Row[] {
  const rows: Row[] = [];
  let [left, right] = [0, 0];
  for (const [a, b] of [...commonLines(before, after), [before.length, after.length] as const]) {
    const height = Math.max(a - left, b - right);
    for (let index = 0; index < height; index++) {
      rows.push([
        left + index < a ? before[left + index] : undefined,
        right + index < b ? after[right + index] : undefined,
      ]);
    }
    if (a < before.length && b < after.length) rows.push([before[a], after[b]]);
    [left, right] = [a + 1, b + 1];
  }
  return rows;
}

/** The largest number of lines for which the longest common sequence is searched. */
const COMPARED = 400;

/** The longest common sequence of lines, as pairs of indices. */
function commonLines(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  if (before.length > COMPARED || after.length > COMPARED) return [];
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (a: number, b: number): number => lengths[a]?.[b] ?? 0;
  for (let a = before.length - 1; a >= 0; a--) {
    for (let b = after.length - 1; b >= 0; b--) {
      const row = lengths[a];
      if (row !== undefined)
        row[b] = before[a] === after[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let [a, b] = [0, 0]; a < before.length && b < after.length;) {
    if (before[a] === after[b]) pairs.push([a++, b++]);
    else if (at(a + 1, b) >= at(a, b + 1)) a++;
    else b++;
  }
  return pairs;
}

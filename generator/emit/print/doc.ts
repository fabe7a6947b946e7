import { builders, printer, utils } from 'prettier/doc';

/** A document of prettier's printer. */
export type Doc = builders.Doc;

/** Layout of the output: the options of `.prettierrc.json`, and prettier's defaults. */
export const LAYOUT = { printWidth: 120, tabWidth: 2, singleQuote: true } as const;

/** The indentation of one level. */
export const INDENTATION = ' '.repeat(LAYOUT.tabWidth);

export const {
  align,
  breakParent,
  conditionalGroup,
  fill,
  group,
  hardline,
  ifBreak,
  indent,
  indentIfBreak,
  join,
  line,
  lineSuffixBoundary,
  softline,
} = builders;

export const { canBreak, willBreak } = utils;

/**
 * The text of a document that starts a line. A document that fits on the line needs no printer; others are printed by
 * prettier's.
 *
 * @param doc any; printing changes its groups, so it can be printed only once. Its lines have to be in groups or
 *   hard.
 * @param level the level of indentation
 */
export function textOf(doc: Doc, level = 0): string {
  const flat = flatText(doc, LAYOUT.printWidth - level * LAYOUT.tabWidth);
  if (flat !== undefined) return ' '.repeat(level * LAYOUT.tabWidth) + flat;
  if (level === 0) return printed(doc, LAYOUT.printWidth);
  let indented: Doc = [hardline, doc];
  for (let at = 0; at < level; at += 1) indented = indent(indented);
  return printed(indented, LAYOUT.printWidth).slice(1);
}

function printed(doc: Doc, printWidth: number): string {
  return printer.printDocToString(doc, { printWidth, tabWidth: LAYOUT.tabWidth }).formatted;
}

/**
 * Whether a text fits into a number of columns.
 *
 * @param text of one line
 * @param width columns
 */
export function fitsInto(text: string, width: number): boolean {
  if (isNarrow(text)) return text.length <= width;
  return !printed(group([text, softline]), width).includes('\n');
}

/** Characters that are one column wide; only the printer can measure others. */
const NARROW = /^[ -~\u00a0-\u00ac\u00ae-\u02ff]*$/;

/**
 * Whether each character of a text is one column wide.
 *
 * @param text of one line
 */
export function isNarrow(text: string): boolean {
  return NARROW.test(text);
}

/**
 * A document on one line.
 *
 * @param doc any
 * @param width columns
 * @returns `undefined` when it breaks, is wider, or only the printer can measure it
 */
export function flatText(doc: Doc, width: number): string | undefined {
  let text = '';
  const rest: Doc[] = [doc];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string') {
      text += next;
      if (text.length > width) return undefined;
    } else if (Array.isArray(next)) {
      for (let at = next.length - 1; at >= 0; at -= 1) rest.push(next[at] ?? '');
    } else if (next.type === 'line') {
      if ('hard' in next) return undefined;
      if (!('soft' in next)) text += ' ';
    } else if (next.type === 'if-break') {
      rest.push(next.flatContents);
    } else if (next.type === 'fill') {
      for (let at = next.parts.length - 1; at >= 0; at -= 1) rest.push(next.parts[at] ?? '');
    } else if (next.type === 'break-parent' || (next.type === 'group' && next.break) || !('contents' in next)) {
      // `indent-if-break` has contents that its type does not show.
      return undefined;
    } else {
      rest.push(next.contents as Doc);
    }
  }
  return isNarrow(text) ? text : undefined;
}

/** A comma after the last item of a broken list. */
export const TRAILING_COMMA: Doc = ifBreak(',');

/**
 * A document that moves to the next line when its beginning does not fit on this one.
 *
 * @param doc any
 */
export function onNextLine(doc: Doc): Doc {
  const id = Symbol('next line');
  return [group(indent(line), { id }), indentIfBreak(doc, { groupId: id })];
}

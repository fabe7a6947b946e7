import { builders, printer, utils } from 'prettier/doc';

/** A document of prettier's printer. */
export type Doc = builders.Doc;

/** Layout of the output: what `.prettierrc.json` says, and prettier's defaults. */
export const LAYOUT = { printWidth: 120, tabWidth: 2, singleQuote: true } as const;

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
 * The text of a document.
 *
 * @param doc any; its groups are changed by this, so that it can be printed once only
 * @param printWidth columns of a line
 */
export function textOf(doc: Doc, printWidth: number = LAYOUT.printWidth): string {
  return printer.printDocToString(doc, { printWidth, tabWidth: LAYOUT.tabWidth }).formatted;
}

/** A comma after the last item of a list that is broken. */
export const TRAILING_COMMA: Doc = ifBreak(',');

/**
 * What moves to the next line when its beginning does not fit on this one.
 *
 * @param doc any
 */
export function onNextLine(doc: Doc): Doc {
  const id = Symbol('next line');
  return [group(indent(line), { id }), indentIfBreak(doc, { groupId: id })];
}

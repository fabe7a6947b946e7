import type { ArrayValue, ObjectValue, Property, Value } from '../value.js';
import { isMatrix, isNumeric } from './argument.js';
import { commentText } from './comment.js';
import type { Context } from './context.js';
import { INDENTATION, LAYOUT, fitsInto, flatText, isNarrow, textOf } from './doc.js';
import { keyDoc } from './type.js';
import { isShorthand, literalText, memberDoc, nameText, valueDoc } from './value.js';

/** The result for a value that does not fit on one line, or always breaks. */
const BREAKS = Symbol('breaks');

/** The result for a value that only prettier's printer can lay out. */
const UNKNOWN = Symbol('unknown');

/**
 * The text of a statement or member that ends with an object or array literal. Most of the output is tables of rules,
 * whose members are on separate lines, so that only members that do not fit need prettier's printer. The text is the
 * same as that of the printer.
 *
 * @param before the text before the value, on the same line
 * @param value any
 * @param after the text after the value
 * @param level the level of indentation of the statement
 * @param context of the module
 * @returns `undefined` when the value is not such a literal, or only the printer can lay it out
 */
export function linesOf(
  before: string,
  value: Value,
  after: string,
  level: number,
  context: Context,
): string | undefined {
  if (!isNarrow(before)) return undefined;
  const width = LAYOUT.printWidth - level * LAYOUT.tabWidth - before.length - after.length;
  const flat = onOneLine(value, width, context);
  if (flat === UNKNOWN) return undefined;
  if (flat !== BREAKS) return `${INDENTATION.repeat(level)}${before}${flat}${after}`;
  if (value.kind === 'as' && value.type === 'const') {
    return isBroken(value.value) ? linesOfLiteral(before, value.value, ` as const${after}`, level, context) : undefined;
  }
  return isBroken(value) ? linesOfLiteral(before, value, after, level, context) : undefined;
}

/** Whether the members of a literal are on separate lines when it does not fit. */
function isBroken(value: Value): value is ObjectValue | ArrayValue {
  if (value.kind === 'object') return value.properties.length > 0;
  return value.kind === 'array' && value.elements.length > 0 && !isNumeric(value);
}

function linesOfLiteral(
  before: string,
  value: ObjectValue | ArrayValue,
  after: string,
  level: number,
  context: Context,
): string | undefined {
  const indentation = INDENTATION.repeat(level);
  const [open, close] = value.kind === 'object' ? ['{', '}'] : ['[', ']'];
  const first = `${indentation}${before}${open}`;
  if (first.length > LAYOUT.printWidth) return undefined;
  let text = `${first}\n`;
  if (value.kind === 'object') {
    for (const one of value.properties) text += `${propertyLines(one, level + 1, context)}\n`;
  } else {
    for (const one of value.elements) {
      text += `${linesOf('', one, ',', level + 1, context) ?? textOf([valueDoc(one, context), ','], level + 1)}\n`;
    }
  }
  return `${text}${indentation}${close}${after}`;
}

function propertyLines(property: Property, level: number, context: Context): string {
  const indentation = INDENTATION.repeat(level);
  const comment = commentText(property.doc, indentation);
  if (isShorthand(property)) return `${comment}${indentation}${nameText(property.value, context)},`;
  const key = keyDoc(property.key, context, 'value');
  const lines = linesOf(`${key}: `, property.value, ',', level, context);
  if (lines !== undefined) return `${comment}${lines}`;
  return `${comment}${textOf([memberDoc({ ...property, doc: [] }, context), ','], level)}`;
}

/** A value on one line of a number of columns. */
function onOneLine(value: Value, width: number, context: Context): string | typeof BREAKS | typeof UNKNOWN {
  const text = flatValue(value, width, context);
  if (typeof text !== 'string') return text;
  return fitsInto(text, width) ? text : BREAKS;
}

/** A value without line breaks. The search ends early when it is wider than a number of columns. */
function flatValue(value: Value, width: number, context: Context): string | typeof BREAKS | typeof UNKNOWN {
  switch (value.kind) {
    case 'literal':
      return literalText(value);
    case 'name':
      return nameText(value, context);
    case 'object': {
      if (value.properties.some(({ doc }) => doc !== undefined && doc.length > 0)) return BREAKS;
      return flatList('{ ', value.properties, ' }', width, (one, rest) => flatProperty(one, rest, context));
    }
    case 'array':
      if (isMatrix(value.elements)) return BREAKS;
      return flatList('[', value.elements, ']', width, (one, rest) => flatValue(one, rest, context));
    case 'as': {
      const text = value.type === 'const' ? flatValue(value.value, width, context) : UNKNOWN;
      return typeof text === 'string' ? `${text} as const` : text;
    }
    case 'thunk': {
      const { body } = value;
      return body.kind === 'name' ? `() => ${nameText(body, context)}` : UNKNOWN;
    }
    case 'call':
    case 'property': {
      return flatText(valueDoc(value, context), width) ?? UNKNOWN;
    }
  }
}

function flatProperty(property: Property, width: number, context: Context): string | typeof BREAKS | typeof UNKNOWN {
  if (isShorthand(property)) return nameText(property.value, context);
  const key = keyDoc(property.key, context, 'value');
  const text = flatValue(property.value, width - key.length, context);
  return typeof text === 'string' ? `${key}: ${text}` : text;
}

function flatList<T>(
  open: string,
  items: readonly T[],
  close: string,
  width: number,
  flat: (item: T, width: number) => string | typeof BREAKS | typeof UNKNOWN,
): string | typeof BREAKS | typeof UNKNOWN {
  if (items.length === 0) return open.trim() + close.trim();
  let text = open;
  for (const [index, item] of items.entries()) {
    const one = flat(item, width - text.length);
    if (typeof one !== 'string') return one;
    text += index === 0 ? one : `, ${one}`;
    // The length gives the width of narrow text only.
    if (text.length > width) return isNarrow(text) ? BREAKS : UNKNOWN;
  }
  return text + close;
}

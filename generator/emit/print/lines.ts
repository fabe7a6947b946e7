import type { ArrayValue, ObjectValue, Property, Value } from '../value.js';
import { isMatrix, isNumeric } from './argument.js';
import { commentText } from './comment.js';
import type { Context } from './context.js';
import { INDENTATION, LAYOUT, fitsInto, flatText, isNarrow, textOf } from './doc.js';
import { keyDoc } from './type.js';
import { isShorthand, literalText, memberDoc, nameText, valueDoc } from './value.js';

/** Of a value that does not fit on one line, or breaks in any case. */
const BREAKS = Symbol('breaks');

/** Of a value about which only prettier's printer knows. */
const UNKNOWN = Symbol('unknown');

/**
 * The text of a statement or member that ends with an object or array literal. Tables of rules are most of what is
 * emitted: their members stand on lines of their own, so that only what does not fit on its line needs prettier's
 * printer. The text is what that would make of it.
 *
 * @param before what stands before the value, on the same line, in any case
 * @param value any
 * @param after what stands behind it
 * @param level how deep the statement is indented
 * @param context of the module
 * @returns nothing when the value is none, or only the printer knows its layout
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

/** Literals whose members stand on lines of their own when they do not fit. */
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

/** A value on one line of so many columns. */
function onOneLine(value: Value, width: number, context: Context): string | typeof BREAKS | typeof UNKNOWN {
  const text = flatValue(value, width, context);
  if (typeof text !== 'string') return text;
  return fitsInto(text, width) ? text : BREAKS;
}

/** A value without line breaks. It ends early when it is wider than so many columns. */
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
    // Of other text than this, the length says little about the width.
    if (text.length > width) return isNarrow(text) ? BREAKS : UNKNOWN;
  }
  return text + close;
}

import { LAYOUT, fitsInto } from './doc.js';

/**
 * Characters to escape in a string literal: control characters, separators that some tools read as line ends, halves of
 * surrogate pairs, characters that hide or reorder text, and those that could end a script in HTML.
 */
const UNSAFE =
  /[\\\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]|<(?=[/!])/gu;

/**
 * A string literal in the quotes that prettier chooses: single, unless the text has more of them than of double ones.
 *
 * @param text any string
 * @returns the literal, with everything escaped that could end or change it
 */
export function stringText(text: string): string {
  const escaped = text.replace(UNSAFE, escape);
  if (!escaped.includes("'")) return `'${escaped}'`;
  const quote = count(escaped, "'") > count(escaped, '"') ? '"' : "'";
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`;
}

function escape(character: string): string {
  return character === '\\' ? '\\\\' : codeUnit(character.charCodeAt(0));
}

function codeUnit(code: number): string {
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}

/**
 * A number as prettier writes it.
 *
 * @param value finite
 * @throws RangeError for other numbers, which have no literal
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`no literal for ${String(value)}`);
  return Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e');
}

/** Names that are an identifier in every version of Unicode. */
const PLAIN =
  /^[A-Za-z_$\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02c1][\w$\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02c1]*$/;

/** Names that are an identifier in no version of Unicode: a digit first, an ASCII character that no name has. */
const NEVER = /^$|^[0-9]|[\u0000-#%-/:-@[-^`{-\u007f\ud800-\udfff\u2028\u2029]/;

/**
 * A member name before a colon, quoted where necessary, as with prettier's `quoteProps: 'as-needed'`. Where this
 * depends on the version of Unicode, an escaped character makes the quotes necessary.
 *
 * @param name any string
 * @returns the name itself, a string literal, or `['__proto__']`, which must not set a prototype
 */
export function keyText(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  if (PLAIN.test(name)) return name;
  const text = stringText(name);
  if (NEVER.test(name) || text !== `'${name}'`) return text;
  return text.replace(/[^\u0000-\u02c1]/, (character) => codeUnit(character.charCodeAt(0)));
}

/**
 * Whether a member name is so short that the next line has no more room for the value: prettier then keeps the value on
 * the line of the name.
 *
 * @param key the name as written
 */
export function isShort(key: string): boolean {
  return fitsInto(key, LAYOUT.tabWidth + 2);
}

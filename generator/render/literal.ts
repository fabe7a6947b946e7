import type { Json } from '../fhir/json.js';

/** What may not stand in a string literal as it is; the two separators end lines in some readers of source text. */
const UNSAFE = /[\\'\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]|<(?=[/!])/gu;

/**
 * A string as a TypeScript literal. Text from a package gets into code only through here.
 *
 * @param text any string
 * @returns `'…'` with everything escaped that could end or change it
 */
export function stringLiteral(text: string): string {
  const escaped = text.replace(UNSAFE, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `'${escaped}'`;
}

/**
 * A member name as it stands before a colon.
 *
 * @param name any string
 * @returns the name itself, a string literal, or `['__proto__']`, which must not set a prototype
 */
export function memberName(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : stringLiteral(name);
}

/**
 * A JSON value as a TypeScript expression; it is also the literal type of that value.
 *
 * @param value JSON
 */
export function jsonLiteral(value: Json): string {
  if (typeof value === 'string') return stringLiteral(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(jsonLiteral).join(', ')}]`;
  const members = Object.entries(value).map(([name, member]) => `${memberName(name)}: ${jsonLiteral(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** `Array.isArray` does not narrow readonly arrays. */
export function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/**
 * Text for a TSDoc comment: it cannot end the comment, break its line, or start a tag.
 *
 * @param text from a package
 * @returns one line
 */
export function docText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\s]+/gu, ' ')
    .replace(/\*\//g, '*\\/')
    .replace(/[@{}]/g, (character) => `\\${character}`)
    .replace(/`/g, "'")
    .trim();
}

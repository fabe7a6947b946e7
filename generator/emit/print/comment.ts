import type { Comment, CommentCode, CommentLine, CommentPart } from '../comment.js';
import { hardline, type Doc } from './doc.js';

/**
 * A TSDoc comment with a line break after it; empty for no comment. A comment of one line stays on one line.
 *
 * @param comment its lines
 */
export function commentDoc(comment: Comment | undefined): Doc {
  return commentLines(comment).map((text): Doc => [text, hardline]);
}

/**
 * The same as text. Most of the output is comments: where their indentation is known, they need no document.
 *
 * @param comment its lines
 * @param indentation spaces before each line
 */
export function commentText(comment: Comment | undefined, indentation: string): string {
  return commentLines(comment)
    .map((text) => `${indentation}${text}\n`)
    .join('');
}

function commentLines(comment: Comment | undefined): readonly string[] {
  if (comment === undefined || comment.length === 0) return [];
  const [first = '', ...more] = comment.map(lineText);
  if (more.length === 0) return [first === '' ? '/** */' : `/** ${first} */`];
  return ['/**', ...[first, ...more].map((text) => (text === '' ? ' *' : ` * ${text}`)), ' */'];
}

function lineText(line: CommentLine): string {
  const text = typeof line === 'string' ? safe(line) : 'kind' in line ? tagText(line) : partsText(line);
  // Two pieces together can form the end of the comment.
  return text.trim().replaceAll('*/', '* /');
}

function tagText(tag: Extract<CommentLine, { readonly kind: 'tag' }>): string {
  const before = [`@${tag.tag}`, tag.type === undefined ? '' : `{${tag.type}}`, tag.name ?? ''];
  const text = typeof tag.text === 'string' ? safe(tag.text) : partsText(tag.text);
  return [...before, text].filter((one) => one !== '').join(' ');
}

function partsText(parts: readonly CommentPart[]): string {
  return parts.map(partText).join('');
}

function partText(part: CommentPart): string {
  if (typeof part === 'string') return safe(part);
  switch (part.kind) {
    case 'code':
      return codeText(part);
    case 'link':
      return `{@link ${part.name}}`;
    case 'url':
      return `[${typeof part.text === 'string' ? safe(part.text) : codeText(part.text)}](${urlText(part.url)})`;
  }
}

function codeText(code: CommentCode): string {
  return `\`${safe(code.text).trim()}\``;
}

/** Matches anything that has to be replaced; most texts have nothing of the kind. */
const SUSPECT = /[^ -?A-_a-~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]| {2}|\*\//;

/**
 * Text without markup: editors and documentation show it unchanged.
 *
 * - It has one line, and nothing that hides text or changes its order.
 * - It cannot end the comment: an end becomes `* /`.
 * - It starts no tag. Only `@` can, inline (`{@link …}`) as well as in a block, and only where it does not continue a
 *   word; there it becomes its fullwidth form. Braces alone have no meaning. TypeScript's language service would show a
 *   backslash or an entity as it is.
 * - It opens no code span, which would change the meaning of what follows.
 */
function safe(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\s]+/gu, ' ')
    .replaceAll('*/', '* /')
    .replaceAll('`', "'")
    .replace(/(?<![A-Za-z0-9._+-])@/g, '\uff20');
}

/** A URL in which nothing ends the link, the comment or the line. */
function urlText(url: string): string {
  return url
    .replace(/[^!#-&+-;=?A-Z_a-z~]/gu, (character) => {
      const isHalf = /\p{Cs}/u.test(character);
      return isHalf ? '%EF%BF%BD' : percent(character);
    })
    .replaceAll('*/', '%2A/');
}

function percent(character: string): string {
  const encoded = encodeURIComponent(character);
  return encoded === character ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encoded;
}

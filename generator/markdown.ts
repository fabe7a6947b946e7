/**
 * A text of a package within a line of Markdown: nothing in it is a sign of Markdown or of HTML (CommonMark, "Backslash
 * escapes"), and no control or format character gets through.
 *
 * @param text any
 */
export function inline(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>&|~#]/g, '\\$&');
}

/**
 * A text of a package as code within a line.
 *
 * @param text any
 */
export function inlineCode(text: string): string {
  const line = printable(text);
  const fence = fenceFor(line, 1);
  return fence === '`' ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

/**
 * A text of a package within a line of HTML or XML: as content, such as that of a `<summary>`, where signs of Markdown
 * mean nothing (CommonMark, "HTML blocks"), and as the value of an attribute between double quotes. Characters that XML
 * does not allow become spaces (XML 1.0, section 2.2).
 *
 * @param text any
 */
export function inMarkup(text: string): string {
  return printable(text)
    .replace(/[\ufffe\uffff]/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * A block of TypeScript.
 *
 * @param code any
 */
export function codeBlock(code: string): string {
  const fence = fenceFor(code, 3);
  return `${fence}ts\n${printableLines(code).join('\n')}\n${fence}`;
}

/** Longer than every run of backticks within (CommonMark, "Fenced code blocks"). */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}

/**
 * A text of a package in one line: control and format characters may rewrite what a terminal or a browser shows.
 *
 * @param text any
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').replace(/ {2,}/g, ' ');
}

/**
 * Code in its lines: as in {@link printable}, but all spaces stay.
 *
 * @param code any
 */
export function printableLines(code: string): readonly string[] {
  return code
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, ' ')
    .trimEnd()
    .split('\n');
}

/**
 * A document with a section put before those that it has.
 *
 * @param document what there is; nothing before the first section
 * @param title of a new document
 * @param section begins with a heading of the second level
 */
export function withSection(document: string | undefined, title: string, section: string): string {
  const lines = (document ?? '').split(/\r?\n/);
  const first = lines.findIndex((line) => /^## /.test(line));
  const head = (first === -1 ? lines : lines.slice(0, first)).join('\n').trim();
  const rest = first === -1 ? '' : lines.slice(first).join('\n').trim();
  return `${[head === '' ? `# ${title}` : head, section.trim(), rest].filter((part) => part !== '').join('\n\n')}\n`;
}

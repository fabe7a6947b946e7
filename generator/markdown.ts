/**
 * A text of a package within a line of Markdown: no character in it has a meaning in Markdown or HTML (CommonMark,
 * "Backslash escapes"), and control and format characters are replaced.
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
 * A text of a package within a line of HTML or XML: as content, such as that of a `<summary>`, where Markdown has no
 * meaning (CommonMark, "HTML blocks"), and as the value of an attribute between double quotes. Characters that XML
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
 * A code block of TypeScript.
 *
 * @param code any
 */
export function codeBlock(code: string): string {
  const fence = fenceFor(code, 3);
  return `${fence}ts\n${printableLines(code).join('\n')}\n${fence}`;
}

/** A fence longer than every run of backticks in the text (CommonMark, "Fenced code blocks"). */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}

/**
 * A text of a package on one line, without control and format characters, which may change what a terminal or a browser
 * shows.
 *
 * @param text any
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').replace(/ {2,}/g, ' ');
}

/**
 * The lines of code, cleaned as by {@link printable} but with all spaces.
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
 * Inserts a section before the other sections of a document.
 *
 * @param document the existing document; `undefined` before the first section
 * @param title the title of a new document
 * @param section the new section, which begins with a heading of the second level
 */
export function withSection(document: string | undefined, title: string, section: string): string {
  const lines = (document ?? '').split(/\r?\n/);
  const first = lines.findIndex((line) => /^## /.test(line));
  const head = (first === -1 ? lines : lines.slice(0, first)).join('\n').trim();
  const rest = first === -1 ? '' : lines.slice(first).join('\n').trim();
  return `${[head === '' ? `# ${title}` : head, section.trim(), rest].filter((part) => part !== '').join('\n\n')}\n`;
}

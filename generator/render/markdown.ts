/**
 * Markdown as prettier lays it out: one blank line between blocks, the columns of tables aligned, one line end at the
 * end.
 *
 * @param text that a template writes
 */
export function laidOut(text: string): string {
  const lines = text.trim().split('\n');
  const out: string[] = [];
  let isCode = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith('```')) isCode = !isCode;
    let end = at;
    while (!isCode && lines[end]?.startsWith('|') === true) end++;
    if (end > at) {
      out.push(...table(lines.slice(at, end)));
      at = end - 1;
    } else if (isCode || line !== '' || out.at(-1) !== '') out.push(line);
  }
  return `${out.join('\n')}\n`;
}

/** A table with its columns aligned, no column narrower than the three dashes below its head. */
function table(lines: readonly string[]): string[] {
  // A vertical bar that belongs to a cell has a backslash before it.
  const rows = lines.map((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return cells.slice(1, -1);
  });
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => lengthOf(row[column] ?? ''))));
  return rows.map((row, index) => {
    const cells = widths.map((width, column) => {
      const text = row[column] ?? '';
      return index === 1 ? '-'.repeat(width) : text + ' '.repeat(width - lengthOf(text));
    });
    return `| ${cells.join(' | ')} |`;
  });
}

function lengthOf(text: string): number {
  return [...text].length;
}

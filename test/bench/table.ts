/**
 * A table for the terminal.
 *
 * @param rows the first is the head; columns other than the first are set to the right
 */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    widths
      .map((width, column) => (column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width)))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return lines.join('\n');
}

/** A whole number with thousands apart. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** How many times as much. */
export function times(value: number, of: number): string {
  const ratio = value / of;
  return `${ratio < 10 ? ratio.toFixed(2) : count(ratio)}×`;
}

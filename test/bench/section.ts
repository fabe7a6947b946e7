/** A part of the report. */
export interface Section {
  /** Its name on the command line. */
  readonly key: string;
  readonly title: string;
  /** What the figures are and how they are measured, in one or two sentences. */
  readonly about: string;
  readonly tables: readonly Table[];
  readonly plots?: readonly Plot[];
  /** Notes under the tables, a line each. */
  readonly notes?: readonly string[];
}

/** Rows of figures. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Lines on logarithmic axes. */
export interface Plot {
  /** File name without extension. */
  readonly name: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}

/** One of them. */
export interface Line {
  readonly name: string;
  readonly points: readonly Point[];
}

/** Coordinates, both above 0. */
export type Point = readonly [x: number, y: number];

/**
 * A section in Markdown.
 *
 * @param section any
 */
export function markdownOf({ title, about, tables, plots = [], notes = [] }: Section): string {
  return [
    `## ${title}`,
    about,
    ...tables.map(tableText),
    ...plots.map(({ name, title: text }) => `![${text}](${name}.svg)`),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${note}`).join('\n')]),
  ].join('\n\n');
}

function tableText({ head, rows }: Table): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string => {
    const padded = widths.map((width, at) =>
      at === 0 ? (row[at] ?? '').padEnd(width) : (row[at] ?? '').padStart(width),
    );
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const [first = [], ...rest] = cells;
  return [line(first), `| ${rule.join(' | ')} |`, ...rest.map(line)].join('\n');
}

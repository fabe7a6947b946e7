import type { Impact } from '../diff/change.js';
import type { ReportEntry } from '../diff/entry.js';
import type { Report } from '../diff/report.js';
import { inline } from '../markdown.js';

/** A new npm version of a generated package. */
export interface Release {
  /** Its npm version. */
  readonly version: string;
  readonly report: Report;
}

/** The number of profiles that a line names; the report names all of them. */
const NAMED = 5;

/**
 * The section of CHANGELOG.md for a new version: breaking changes first, and one line for a change that several
 * profiles share.
 *
 * @param release see {@link Release}
 */
export function changelogSection({ version, report }: Release): string {
  const { before, after } = report;
  const [was, is] = [before, after].map(({ name, version: own }) => inline(`${name}#${own}`));
  return [
    `## ${version}`,
    `Models of ${is ?? ''} (previously ${was ?? ''}).`,
    ...part('Breaking', linesOf(report, 'breaking')),
    ...part('Compatible', linesOf(report, 'compatible')),
    ...part('Documentation', linesOf(report, 'documentation')),
  ].join('\n\n');
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${title}`, lines.join('\n')];
}

function linesOf({ entries }: Report, impact: Impact): readonly string[] {
  const own = entries.filter((entry) => entry.impact === impact);
  // The new descriptions are in the models themselves.
  const words = own.filter(({ kind }) => kind === 'short').flatMap(({ changes }) => changes).length;
  const lines = own.filter(({ kind }) => kind !== 'short').map(lineOf);
  return words === 0 ? lines : [...lines, `- ${words} ${words === 1 ? 'description' : 'descriptions'} changed`];
}

function lineOf({ sentence, places }: ReportEntry): string {
  const rest = places.length - NAMED;
  const named = places.slice(0, NAMED).map(({ name }) => `**${inline(name)}**`);
  return `- ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}: ${inline(sentence)}`;
}

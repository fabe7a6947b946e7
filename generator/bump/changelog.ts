import type { Change, Impact } from '../diff/change.js';
import type { Report } from '../diff/report.js';
import { inline } from '../markdown.js';

/** A new npm version of a generated package. */
export interface Release {
  /** Its npm version. */
  readonly version: string;
  readonly report: Report;
}

/** Profiles that a line names; the report names all. */
const NAMED = 5;

/**
 * The section of CHANGELOG.md for a new version: what breaks first, the same change of several profiles once.
 *
 * @param release see there
 */
export function changelogSection({ version, report }: Release): string {
  const { before, after } = report;
  const [was, is] = [before, after].map(({ name, version: own }) => inline(`${name}#${own}`));
  const changes = report.groups.flatMap((group) => group.changes);
  return [
    `## ${version}`,
    `Models of ${is ?? ''}, before: ${was ?? ''}.`,
    ...part('Breaking', linesOf(changes, 'breaking')),
    ...part('Compatible', linesOf(changes, 'compatible')),
    ...part('Documentation', linesOf(changes, 'documentation')),
  ].join('\n\n');
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${title}`, lines.join('\n')];
}

function linesOf(all: readonly Change[], impact: Impact): readonly string[] {
  const changes = all.filter((change) => change.impact === impact);
  // The new words of descriptions stand in the models themselves.
  const words = changes.filter(({ kind }) => kind === 'short').length;
  const lines = grouped(changes.filter(({ kind }) => kind !== 'short'));
  return words === 0 ? lines : [...lines, `- ${words} ${words === 1 ? 'description' : 'descriptions'} changed`];
}

/** One line for each sentence. */
function grouped(changes: readonly Change[]): readonly string[] {
  const names = new Map<string, Set<string>>();
  for (const { sentence, name } of changes) {
    const own = names.get(sentence) ?? new Set();
    names.set(sentence, own.add(name));
  }
  return [...names].map(([sentence, own]) => `- ${placeOf([...own])}: ${inline(sentence)}`);
}

function placeOf(names: readonly string[]): string {
  const rest = names.length - NAMED;
  const named = names.slice(0, NAMED).map((name) => `**${inline(name)}**`);
  return `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

import { printable } from '../markdown.js';
import { placesText, type ReportEntry } from './entry.js';
import { type Gravity, gravityOf } from './gravity.js';
import { type Report, titleOf, totalsOf } from './report.js';

/** The kind of annotation for each gravity: a breaking change is an error, an unknown effect a warning. */
const COMMANDS: Readonly<Record<Gravity, 'error' | 'warning' | 'notice'>> = {
  compile: 'error',
  validation: 'error',
  unknown: 'warning',
  safe: 'notice',
  documentation: 'notice',
};

/**
 * A report as workflow commands of GitHub Actions, which become annotations of the run: first one with the totals, then
 * one for each distinct change, the most severe first, as GitHub shows only ten errors, ten warnings and ten notices of
 * a step. Changes to documentation are counted only.
 *
 * @param report to show
 * @returns text without a line break at its end
 */
export function githubView(report: Report): string {
  const { counts, entries, themes } = report;
  const words = themes.filter(({ gravity }) => gravity === 'documentation').map(({ title }) => title);
  return [
    command(counts.breaking > 0 ? 'error' : 'notice', titleOf(report), totalsOf(report)),
    ...entries.filter((entry) => gravityOf(entry) !== 'documentation').map(annotation),
    ...(words.length === 0 ? [] : [command('notice', 'Documentation', words.join(', '))]),
  ].join('\n');
}

function annotation(entry: ReportEntry): string {
  const [first, ...others] = entry.places;
  const title = others.length === 0 ? (first?.name ?? '') : placesText(entry.places);
  const places = others.length === 0 ? [] : [`In ${entry.places.map((place) => place.name).join(', ')}`];
  const programs = [
    ...(entry.write === 'safe' ? [] : [`Programs that make values: ${entry.write}`]),
    ...(entry.read === 'safe' ? [] : [`Programs that read values: ${entry.read}`]),
  ];
  return command(COMMANDS[gravityOf(entry)], title, entry.sentence, ...places, ...programs);
}

/** One command; a line break within its message is `%0A` (GitHub, "Workflow commands", `escapeData`, `escapeProperty`). */
function command(kind: string, title: string, ...lines: readonly string[]): string {
  const message = lines.map((line) => escaped(printable(line))).join('%0A');
  const property = escaped(printable(title)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${kind} title=${property}::${message}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

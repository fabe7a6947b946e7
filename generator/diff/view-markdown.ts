import { codeBlock, inMarkup, inline, inlineCode } from '../markdown.js';
import type { DeclarationChange } from './declarations.js';
import { namesItsPlace, placesText, type ReportEntry } from './entry.js';
import { GRAVITIES } from './gravity.js';
import { GRAVITY_HEADINGS } from './gravity-words.js';
import { shortened } from './layout.js';
import { proofLines } from './proof.js';
import { type Report, titleOf } from './report.js';
import type { ReportTheme } from './theme.js';

/** A comment or description on GitHub has at most 65,536 characters, of which the text around a report needs some. */
const LIMIT = 60_000;

/** The number of profiles that a line names before it counts the rest. */
const NAMED = 5;

/** The number of lines that are shown unfolded. */
const SHORT = 3;

/** The number of characters that are shown unfolded. */
const SHORT_TEXT = 600;

/**
 * A report in Markdown that fits a pull request: a summary, then each kind of change, folded where it is long, then the
 * types that changed. What exceeds the limit is omitted, the least severe first, and the report ends with a note about
 * it.
 *
 * @param report to show
 * @param limit the maximum number of characters; a little less than GitHub's if absent
 * @returns text without a line break at its end
 */
export function markdownView(report: Report, limit = LIMIT): string {
  const head = headOf(report);
  // Names may be absurdly long; the kinds of change alone always fit.
  const isHuge = report.themes.map(shortPart).join('').length > limit / 2;
  const themes = report.themes.map((theme) => {
    return { theme, parts: [isHuge ? titlePart(theme) : shortPart(theme), wholePart(theme)] as const };
  });
  const types = report.declarations.map((one) => ({ one, part: declarationPart(one) }));
  // What is omitted is known at the end only, and the note about it needs room.
  let room = limit - head.length - RESERVED - themes.reduce((sum, { parts: [short] }) => sum + short.length + 2, 0);
  const take = (length: number): boolean => {
    if (length > room) return false;
    room -= length;
    return true;
  };
  const shown = themes.map(({ theme, parts: [short, whole] }) => {
    const isWhole = take(whole.length - short.length);
    return { theme, isWhole, part: isWhole ? whole : short };
  });
  const declared = types.filter(({ part }) => take(part.length + 2));
  const sections = GRAVITIES.flatMap((gravity) => {
    const parts = shown.filter(({ theme }) => theme.gravity === gravity).map(({ part }) => part);
    return parts.length === 0 ? [] : [`## ${GRAVITY_HEADINGS[gravity]}`, ...parts];
  });
  const cut = shown.filter(({ isWhole }) => !isWhole).reduce((sum, { theme }) => sum + theme.count, 0);
  return [
    head,
    ...sections,
    ...(declared.length === 0 ? [] : ['## TypeScript before and after', ...declared.map(({ part }) => part)]),
    ...leftOut(report, cut, types.length - declared.length),
  ].join('\n\n');
}

/** Room for headings and for the note at the end. */
const RESERVED = 1_500;

function headOf(report: Report): string {
  const { counts, bump, verdicts, filter, themes, proof } = report;
  const row = (programs: string, own: Report['verdicts']['write']): string =>
    `| ${programs} | ${own['breaks-compile']} | ${own['breaks-validation']} | ${own.unknown} |`;
  return [
    `# ${inline(titleOf(report))}`,
    ...(filter.profiles === undefined ? [] : [`Profiles: ${filter.profiles.map(inlineCode).join(', ')}`]),
    themes.length === 0
      ? 'Nothing changed.'
      : `**${counts.breaking} breaking**, ${counts.compatible} compatible, ${counts.documentation} documentation; suggested version: **${bump}**`,
    [
      '| number of changes | do not compile | are rejected | have unknown effect |',
      '| ----------------- | -------------- | ----------- | ------------------- |',
      row('programs that make values', verdicts.write),
      row('programs that read values', verdicts.read),
    ].join('\n'),
    ...(proof === undefined ? [] : [proofText(proofLines(proof))]),
  ].join('\n\n');
}

/** The number of lines of a proof that a report shows; the command prints all. */
const PROVED = 20;

function proofText(lines: readonly string[]): string {
  const shown = lines.slice(0, PROVED).map((line) => inline(shortened(line, 500)));
  const rest = lines.length - shown.length;
  return [...shown, ...(rest > 0 ? [`… and ${rest} more lines: --format text shows them.`] : [])].join('  \n');
}

/** A kind of change in one line. */
function shortPart(theme: ReportTheme): string {
  return titlePart(theme) + placesOf(theme, inline);
}

function titlePart(theme: ReportTheme): string {
  return `- **${inline(theme.title)}**${programsOf(theme)}`;
}

/** A kind of change with all its changes. */
function wholePart(theme: ReportTheme): string {
  const lines = theme.entries.flatMap((entry) => (entry.kind === 'short' ? [] : [`- ${entryLine(entry)}`]));
  // The new descriptions are in the models.
  if (lines.length === 0) return shortPart(theme);
  const [line = ''] = lines;
  if (lines.length === 1 && line.length <= SHORT_TEXT) return line + programsOf(theme);
  const isShort = lines.length <= SHORT && lines.join('').length <= SHORT_TEXT;
  if (isShort) return [shortPart(theme), ...lines.map((line) => `  ${line}`)].join('\n');
  const summary = `<b>${inMarkup(theme.title)}</b>${programsOf(theme)}${placesOf(theme, inMarkup)}`;
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, '', '</details>'].join('\n');
}

function programsOf({ write, read }: ReportTheme): string {
  const parts = [...(write === 0 ? [] : [`make: ${write}`]), ...(read === 0 ? [] : [`read: ${read}`])];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function placesOf({ places, count }: ReportTheme, escape: (text: string) => string): string {
  const named = places.filter(({ about }) => about !== 'package');
  if (named.length === 0) return '';
  const rest = named.length - NAMED;
  const texts = named.slice(0, NAMED).map((one) => {
    const number = one.count > 1 && count > one.count ? ` ${one.count}` : '';
    return `${escape(one.name)}${number}`;
  });
  return `: ${texts.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function entryLine(entry: ReportEntry): string {
  const [first, ...others] = entry.places;
  const sentence = inline(entry.sentence);
  if (first === undefined || first.about === 'package') return sentence;
  if (others.length === 0) return namesItsPlace(entry) ? sentence : `**${inline(first.name)}**: ${sentence}`;
  return `${sentence}, in ${placesText(entry.places)}: ${entry.places.map(({ name }) => inline(name)).join(', ')}`;
}

function declarationPart({ name, before, after }: DeclarationChange): string {
  return [
    '<details>',
    `<summary>${inMarkup(name)}</summary>`,
    '',
    'Before:',
    '',
    codeBlock(before),
    '',
    'After:',
    '',
    codeBlock(after),
    '',
    '</details>',
  ].join('\n');
}

/** A note about what was omitted, and how to see it. */
function leftOut({ before, after }: Report, changes: number, types: number): readonly string[] {
  const parts = [
    ...(changes === 0 ? [] : [`the details of ${changes} changes, which are counted above`]),
    ...(types === 0 ? [] : [`the types of ${types} ${types === 1 ? 'profile' : 'profiles'}`]),
  ];
  if (parts.length === 0) return [];
  const command = `npx fhir-profile-codegen diff ${before.name}#${before.version} ${after.name}#${after.version} --all`;
  return [
    `Omitted, as a comment on GitHub has at most 65,536 characters: ${parts.join(', and ')}. ${inlineCode(command)} shows all.`,
  ];
}

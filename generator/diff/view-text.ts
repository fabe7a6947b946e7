import type { Verdict } from '../facts/fact.js';
import { printable, printableLines } from '../markdown.js';
import type { DeclarationChange } from './declarations.js';
import { namesItsPlace, placesText, type ReportEntry } from './entry.js';
import { type Gravity, GRAVITIES, gravityOf } from './gravity.js';
import { GRAVITY_HEADINGS } from './gravity-words.js';
import { fitting, type Row, rowsOf, type Screen, shortened, type Style, wrapped } from './layout.js';
import { proofLines } from './proof.js';
import { type Report, titleOf, totalsOf } from './report.js';
import type { ReportTheme } from './theme.js';

/** The number of lines of a summary: a screen. */
const SCREEN = 40;

/** How much a summary shows, tried in this order until it fits: kinds of change, and repeated changes of each. */
const EXTENTS: readonly Extent[] = [
  ...[3, 2, 1].map((repeated) => ({ kinds: 16, repeated })),
  ...[14, 12, 10, 8].map((kinds) => ({ kinds, repeated: 1 })),
  ...[8, 7, 6, 5, 4, 3, 2, 1].map((kinds) => ({ kinds, repeated: 0 })),
];

interface Extent {
  readonly kinds: number;
  readonly repeated: number;
}

/** The number of profiles in which a change has to occur for a summary to show it on its own. */
const REPEATED = 3;

const STYLES: Readonly<Record<Gravity, Style>> = {
  compile: 'grave',
  validation: 'grave',
  unknown: 'warning',
  safe: 'good',
  documentation: 'dim',
};

/**
 * A report on a terminal: complete if it fits on a screen or is requested, otherwise as a summary of one screen.
 *
 * @param report to show
 * @param isWhole whether the complete report is requested
 * @param screen the screen that shows it
 * @returns text without a line break at its end
 */
export function textView(report: Report, isWhole: boolean, screen: Screen): string {
  const lines = (isWhole ? undefined : shortLines(report, screen)) ?? wholeLines(report, screen);
  const proof = report.proof === undefined ? [] : ['', ...proofLines(report.proof).map(printable)];
  return [...lines, ...proof].join('\n');
}

function head(report: Report, screen: Screen): readonly string[] {
  const { filter } = report;
  const about = filter.profiles === undefined ? '' : ` (${filter.profiles.join(', ')})`;
  return [
    screen.paint('title', printable(titleOf(report)) + printable(about)),
    totalsOf(report),
    ...verdictTable(report),
  ];
}

/** A table of the programs that break; empty when none does. */
function verdictTable({ verdicts }: Report): readonly string[] {
  const columns = [
    ['breaks-compile', 'do not compile'],
    ['breaks-validation', 'are rejected'],
    ['unknown', 'have unknown effect'],
  ] as const;
  const rows = [
    ['programs that make values', verdicts.write],
    ['programs that read values', verdicts.read],
  ] as const;
  if (rows.every(([, counts]) => columns.every(([verdict]) => counts[verdict] === 0))) return [];
  const first = Math.max(...rows.map(([name]) => name.length));
  return [
    '',
    `${'number of changes'.padEnd(first)}${columns.map(([, name]) => `  ${name}`).join('')}`,
    ...rows.map(
      ([name, counts]) =>
        name.padEnd(first) +
        columns.map(([verdict, column]) => `  ${String(counts[verdict]).padStart(column.length)}`).join(''),
    ),
  ];
}

function summaryLines(report: Report, screen: Screen): readonly string[] {
  const end = ['', 'To see all: --all; a profile: --profile <name>; an impact: --impact breaking'];
  const others = (['unknown', 'safe', 'documentation'] as const).flatMap((gravity) =>
    paragraph(report, gravity, screen),
  );
  const rest = [...(others.length === 0 ? [] : ['', ...others]), ...end];
  for (const extent of EXTENTS) {
    const sections = (['compile', 'validation'] as const).flatMap((gravity) =>
      section(report, gravity, extent, screen),
    );
    const lines = [...head(report, screen), ...sections, ...rest];
    if (lines.length <= SCREEN || extent === EXTENTS.at(-1)) return lines;
  }
  return rest;
}

/** The kinds of change that break programs: one line each as far as they fit, and the others in a sentence. */
function section(report: Report, gravity: Gravity, { kinds, repeated }: Extent, screen: Screen): readonly string[] {
  const themes = report.themes.filter((theme) => theme.gravity === gravity);
  if (themes.length === 0) return [];
  const limit = gravity === 'validation' ? Math.min(3, kinds) : kinds;
  // One line for one more kind is no longer than the sentence.
  const shown = themes.slice(0, themes.length === limit + 1 ? limit + 1 : limit);
  const others = themes.slice(shown.length).map(({ title }) => title);
  const heading = GRAVITY_HEADINGS[gravity];
  const space = ' '.repeat(Math.max(2, screen.columns - heading.length - TALLY.length));
  return [
    '',
    `${screen.paint(STYLES[gravity], heading)}${space}${screen.paint('dim', TALLY)}`,
    ...shown.flatMap((theme) => themeLines(theme, repeated, screen)),
    ...(others.length === 0 ? [] : twoLines('also: ', others, screen)),
  ];
}

/** The kinds of change that break no program. */
function paragraph(report: Report, gravity: Gravity, screen: Screen): readonly string[] {
  const titles = report.themes.filter((theme) => theme.gravity === gravity).map(({ title }) => title);
  if (titles.length === 0) return [];
  const heading = `${GRAVITY_HEADINGS[gravity]}:`;
  const [first = '', ...others] = twoLines(`${heading} `, titles, screen, '');
  return [screen.paint(STYLES[gravity], heading) + first.slice(heading.length), ...others];
}

/** As many items of a sentence as fit in two lines. */
function twoLines(start: string, items: readonly string[], screen: Screen, indent = '  '): readonly string[] {
  for (let width = 2 * screen.columns; width > screen.columns / 2; width -= 4) {
    const text = start + fitting(items, width - start.length);
    const lines = wrapped(text, screen.columns, indent, '  ');
    if (lines.length <= 2) return lines;
  }
  return [shortened(indent + start + items.join(', '), screen.columns)];
}

/** Heading of the numbers of changes that break programs that make values, and those that read them. */
const TALLY = ' make  read';

function themeLines(theme: ReportTheme, repeated: number, screen: Screen): readonly string[] {
  const width = screen.columns - TALLY.length - 3;
  const names = theme.places.map(({ name, count }) => printable(count > 1 ? `${name} ${count}` : name));
  const room = width - theme.title.length - 2;
  const isPackage = theme.places.every(({ about }) => about === 'package');
  const listed = isPackage || room < SHORTEST ? '…' : fitting(names, room);
  const isCut = names.length > 1 && listed.endsWith('…');
  const many = names.length === theme.count ? '' : `, in ${placesText(theme.places)}`;
  const text = isPackage ? theme.title : isCut ? theme.title + many : `${theme.title}: ${listed}`;
  const same = theme.entries.filter(isRepeated).slice(0, repeated);
  return [
    `  ${shortened(text, width).padEnd(width)} ${tallied(theme.write).padStart(5)}${tallied(theme.read).padStart(6)}`,
    ...same.map((entry) => {
      const where = `in ${placesText(entry.places)}: `;
      return screen.paint('dim', `    ${shortened(where + printable(entry.sentence), screen.columns - 4)}`);
    }),
  ];
}

/** The least room in which a name is worth showing. */
const SHORTEST = 12;

function tallied(count: number): string {
  return count === 0 ? '-' : String(count);
}

/** The same change of an element in several profiles. */
function isRepeated({ places, changes: [first] }: ReportEntry): boolean {
  return places.length >= REPEATED && first?.element !== undefined;
}

/** A summary, if the complete report does not fit on a screen. Types are compared only if they fit. */
function shortLines(report: Report, screen: Screen): readonly string[] | undefined {
  const isLong = changeLines(report, screen).length > SCREEN || wholeLines(report, screen).length > SCREEN;
  return isLong ? summaryLines(report, screen) : undefined;
}

function wholeLines(report: Report, screen: Screen): readonly string[] {
  return [...changeLines(report, screen), ...declarationLines(report.declarations, screen)];
}

function changeLines(report: Report, screen: Screen): readonly string[] {
  const hasPlaceholders = report.entries.some(
    ({ sentence, places }) => places.length > 1 && /<(name|canonical)>/.test(sentence),
  );
  return [
    ...head(report, screen),
    ...(report.changes.length === 0 &&
    report.counts.breaking + report.counts.compatible + report.counts.documentation > 0
      ? ['', 'No change has this impact.']
      : []),
    ...GRAVITIES.flatMap((gravity) => {
      const entries = report.entries.filter((entry) => gravityOf(entry) === gravity);
      if (entries.length === 0) return [];
      return ['', screen.paint(STYLES[gravity], GRAVITY_HEADINGS[gravity]), ...entriesLines(entries, report, screen)];
    }),
    ...(hasPlaceholders
      ? ['', screen.paint('dim', '<name> and <canonical> are those of each profile or value set.')]
      : []),
  ];
}

function entriesLines(entries: readonly ReportEntry[], { filter }: Report, screen: Screen): readonly string[] {
  // On a terminal, changed descriptions would bury everything else.
  const shorts = entries.filter(({ kind }) => kind === 'short').flatMap(({ changes }) => changes);
  const isOne = filter.profiles?.length === 1;
  return [
    ...entries.filter(({ kind }) => kind !== 'short').flatMap((entry) => entryLines(entry, isOne, screen)),
    ...(shorts.length === 0
      ? []
      : [
          `  ${shorts.length === 1 ? 'a description' : `${shorts.length} descriptions`} changed; --format json shows them`,
        ]),
  ];
}

function entryLines(entry: ReportEntry, isOne: boolean, screen: Screen): readonly string[] {
  const [place, ...others] = entry.places;
  const isNamed = isOne || place === undefined || namesItsPlace(entry);
  const before = others.length > 0 || isNamed ? '' : `${place.name}: `;
  const sentence = printable(`${before}${entry.sentence}${verdictText(entry)}`);
  const lines = wrapped(sentence, screen.columns, '  ', '    ');
  return others.length === 0 || place === undefined
    ? lines
    : [
        ...lines,
        ...wrapped(
          printable(`in ${placesText(entry.places)}: ${entry.places.map(({ name }) => name).join(', ')}`),
          screen.columns,
          '      ',
        ),
      ];
}

/** The programs that the change affects, and how, if that differs from the heading. */
function verdictText(entry: ReportEntry): string {
  const { write, read } = entry;
  if (write === 'unknown' && read === 'unknown') return '';
  const usual = gravityOf(entry) === 'compile' ? 'breaks-compile' : 'breaks-validation';
  const part = (programs: string, verdict: Verdict): readonly string[] =>
    verdict === 'safe' ? [] : [verdict === usual ? programs : `${programs}: ${verdict}`];
  const parts = [...part('make', write), ...part('read', read)];
  return parts.length === 0 ? '' : ` [${parts.join(', ')}]`;
}

/** The number of columns needed for two texts side by side. */
const BESIDE = 72;

/** The old and the new TypeScript side by side, or one below the other on a narrow screen. */
function declarationLines(declarations: readonly DeclarationChange[], screen: Screen): readonly string[] {
  if (declarations.length === 0) return [];
  const isBeside = screen.columns >= BESIDE;
  const half = isBeside ? Math.floor((screen.columns - 5) / 2) : screen.columns - 4;
  return declarations.flatMap(({ name, before, after }) => {
    const [old, next] = [printableLines(before), printableLines(after)];
    const lines = isBeside
      ? rowsOf(old, next).flatMap((row) => rowLines(row, half, screen))
      : [
          ...old.flatMap((line) => codeLines(line, half)).map((line) => screen.paint('grave', `  - ${line}`)),
          ...next.flatMap((line) => codeLines(line, half)).map((line) => screen.paint('good', `  + ${line}`)),
        ];
    return ['', screen.paint('title', `${printable(name)}: TypeScript before and after`), ...lines];
  });
}

/** Two lines of code side by side, each in as many lines as it needs. */
function rowLines([left, right]: Row, width: number, screen: Screen): readonly string[] {
  const [a, b] = [left, right].map((line) => (line === undefined ? [] : codeLines(line, width)));
  const isSame = left === right;
  return Array.from({ length: Math.max(a?.length ?? 0, b?.length ?? 0) }, (_, index) => {
    const [own, other] = [(a?.[index] ?? '').padEnd(width), b?.[index] ?? ''];
    const text = isSame ? `${own} │ ${other}` : `${screen.paint('grave', own)} │ ${screen.paint('good', other)}`;
    return `  ${text}`.trimEnd();
  });
}

/** A line of code in as many lines as it needs; continuation lines are indented further. */
function codeLines(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line];
  const indent = /^ {0,20}/.exec(line)?.[0] ?? '';
  const next = `${indent}    `;
  return wrapped(line.trimStart(), width, indent, next).flatMap((one) => {
    const parts = [one.slice(0, width)];
    for (let at = width; at < one.length; at += width - next.length) {
      parts.push(next + one.slice(at, at + width - next.length));
    }
    return parts;
  });
}

import type { Verdict } from '../facts/fact.js';
import { printable, printableLines } from '../markdown.js';
import { IMPACTS, type Change, type Impact } from './change.js';
import type { DeclarationChange } from './declarations.js';
import type { ReportFilter } from './filter.js';
import { markedPair, type MarkedPair } from './marked.js';
import { proofLines } from './proof.js';
import { type Report, type ReportGroup, titleOf } from './report.js';

/** A report as a page shows it: texts in the order of the page. They still have to be escaped. */
export interface Page {
  readonly title: string;
  readonly bump: string;
  readonly counts: Report['counts'];
  readonly total: number;
  /** The restrictions of the report; empty when it is complete. */
  readonly limits: readonly string[];
  /** Profiles, value sets and the package, by the most severe change of each. */
  readonly parts: readonly PagePart[];
  /** Choices of the filters. */
  readonly choices: {
    readonly impact: readonly Choice[];
    readonly write: readonly Choice[];
    readonly read: readonly Choice[];
    readonly kind: readonly Choice[];
  };
  /** Whether the compiler confirms the verdicts, if it was asked. */
  readonly proof: readonly string[];
}

/** A value that a filter can have. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

/** Everything whose most severe change has a certain impact. */
export interface PagePart {
  readonly impact: Impact;
  readonly title: string;
  readonly count: number;
  readonly sections: readonly PageSection[];
}

/** The changes of one profile, one value set or the package. */
export interface PageSection {
  /** Name of the anchor. */
  readonly id: string;
  readonly about: string;
  readonly name: string;
  readonly canonical: string;
  readonly counts: string;
  readonly count: number;
  /** Changes that programs may see. */
  readonly rows: readonly PageRow[];
  /** Changes of comments and metadata. */
  readonly documentation: readonly PageRow[];
  readonly types?: PageTypes;
}

/** One change. */
export interface PageRow extends MarkedPair {
  readonly impact: Impact;
  readonly write: Verdict;
  readonly read: Verdict;
  readonly kind: string;
  readonly element: string;
  readonly sentence: string;
  /** Which programs break, and how. */
  readonly verdicts: readonly string[];
}

/** TypeScript of both sides. */
export interface PageTypes {
  readonly before: readonly PageLine[];
  readonly after: readonly PageLine[];
}

/** A line of TypeScript. */
export interface PageLine {
  readonly text: string;
  /** Whether the other side has no such line. */
  readonly isOwn: boolean;
}

const PART_TITLES: Readonly<Record<Impact, string>> = {
  breaking: 'With breaking changes',
  compatible: 'With compatible changes',
  documentation: 'Documentation only',
};

const VERDICT_LABELS: Readonly<Record<Verdict, string>> = {
  'breaks-compile': 'no longer compiles',
  'breaks-validation': 'fails validation',
  unknown: 'unknown',
  safe: 'safe',
};

const VERDICTS: readonly Verdict[] = ['breaks-compile', 'breaks-validation', 'unknown', 'safe'];

/**
 * The page of a report: everything that its template prints.
 *
 * @param report any
 */
export function pageOf(report: Report): Page {
  const types = new Map(report.declarations.map((one) => [one.canonical, one]));
  const changes = report.groups.flatMap((group) => group.changes);
  const sections = report.groups.map((group, index) => sectionOf(group, `s${index + 1}`, types));
  return {
    title: printable(titleOf(report)),
    bump: report.bump,
    counts: report.counts,
    total: changes.length,
    limits: limitsOf(report.filter),
    parts: IMPACTS.flatMap((impact) => partOf(impact, sections, report.groups)),
    choices: {
      impact: choicesOf(changes, IMPACTS, ({ impact }) => impact, identity),
      write: choicesOf(changes, VERDICTS, ({ write }) => write, labelOfVerdict),
      read: choicesOf(changes, VERDICTS, ({ read }) => read, labelOfVerdict),
      kind: choicesOf(changes, [...new Set(changes.map(kindOf))].sort(), kindOf, labelOfKind),
    },
    proof: report.proof === undefined ? [] : proofLines(report.proof).map(printable),
  };
}

function limitsOf({ profiles, impacts }: ReportFilter): readonly string[] {
  return [
    ...(profiles === undefined ? [] : [`Profiles: ${profiles.map(printable).join(', ')}`]),
    ...(impacts === undefined ? [] : [`Listed changes: ${impacts.join(', ')}`]),
  ];
}

function partOf(impact: Impact, sections: readonly PageSection[], groups: readonly ReportGroup[]): PagePart[] {
  const own = sections.filter((_, index) => groups[index]?.impact === impact);
  if (own.length === 0) return [];
  const count = own.reduce((sum, section) => sum + section.count, 0);
  return [{ impact, title: PART_TITLES[impact], count, sections: own }];
}

function sectionOf(group: ReportGroup, id: string, types: ReadonlyMap<string, DeclarationChange>): PageSection {
  const { about, name, canonical = '', changes, counts } = group;
  const declaration = types.get(canonical);
  const isDocumentation = ({ impact }: Change): boolean => impact === 'documentation';
  return {
    id,
    about,
    name: printable(name),
    canonical: printable(canonical),
    counts: IMPACTS.filter((impact) => counts[impact] > 0)
      .map((impact) => `${counts[impact]} ${impact}`)
      .join(', '),
    count: changes.length,
    rows: changes.filter((change) => !isDocumentation(change)).map(rowOf),
    documentation: changes.filter(isDocumentation).map(rowOf),
    ...(declaration === undefined ? {} : { types: typesOf(declaration) }),
  };
}

function rowOf(change: Change): PageRow {
  const { impact, write, read, element = '', before = '', after = '', sentence } = change;
  return {
    impact,
    write,
    read,
    kind: kindOf(change),
    element: printable(element),
    ...markedPair(printable(before), printable(after)),
    sentence: printable(sentence),
    verdicts: [
      ...(write === 'safe' ? [] : [`write: ${VERDICT_LABELS[write]}`]),
      ...(read === 'safe' ? [] : [`read: ${VERDICT_LABELS[read]}`]),
    ],
  };
}

function typesOf({ before, after }: DeclarationChange): PageTypes {
  const [old, next] = [printableLines(before), printableLines(after)];
  const ownOf = (lines: readonly string[], others: ReadonlySet<string>): readonly PageLine[] =>
    lines.map((text) => ({ text, isOwn: !others.has(text) }));
  return { before: ownOf(old, new Set(next)), after: ownOf(next, new Set(old)) };
}

function choicesOf(
  changes: readonly Change[],
  values: readonly string[],
  valueOf: (change: Change) => string,
  labelOf: (value: string) => string,
): readonly Choice[] {
  const counts = new Map<string, number>();
  for (const change of changes) counts.set(valueOf(change), (counts.get(valueOf(change)) ?? 0) + 1);
  return values.flatMap((value) => {
    const count = counts.get(value);
    return count === undefined ? [] : [{ value, label: labelOf(value), count }];
  });
}

function kindOf({ kind }: Change): string {
  return printable(kind);
}

function labelOfKind(kind: string): string {
  return kind.replaceAll('-', ' ');
}

function labelOfVerdict(verdict: string): string {
  return VERDICTS.flatMap((known) => (known === verdict ? [VERDICT_LABELS[known]] : []))[0] ?? verdict;
}

function identity(value: string): string {
  return value;
}

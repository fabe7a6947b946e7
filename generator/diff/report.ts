import type { Verdict } from '../facts/fact.js';
import type { PackageIdentity } from '../fhir/package-id.js';
import { groupedBy } from '../order.js';
import { IMPACTS, type Change, type Impact } from './change.js';
import type { DeclarationChange } from './declarations.js';
import { entriesOf, type ReportEntry } from './entry.js';
import { concerning, type ReportFilter } from './filter.js';
import { byGravity } from './gravity.js';
import type { Proof } from './proof.js';
import { type Subject, subjectOf } from './subject.js';
import { themesOf, type ReportTheme } from './theme.js';

/** The part of a version that has to be increased (Semantic Versioning 2.0.0). */
export type Bump = 'major' | 'minor' | 'patch' | 'none';

/** The compared sides. */
export interface Compared {
  readonly package: PackageIdentity;
}

/** Changes, counted, grouped and in order. */
export interface Report {
  readonly before: PackageIdentity;
  readonly after: PackageIdentity;
  /** The restrictions of the report. */
  readonly filter: ReportFilter;
  readonly counts: Readonly<Record<Impact, number>>;
  /** The number of changes with each verdict, for programs that make values and for those that read them. */
  readonly verdicts: Readonly<Record<'write' | 'read', Readonly<Record<Verdict, number>>>>;
  /** The version bump that a package of the generated models needs. */
  readonly bump: Bump;
  /** The listed changes, in the order of the comparison: those of the requested impacts. */
  readonly changes: readonly Change[];
  /** The changes by subject, in the order of the changes. */
  readonly groups: readonly ReportGroup[];
  /** Each distinct change once, the most severe first, then those in most profiles. */
  readonly entries: readonly ReportEntry[];
  /** The changes by kind, the most severe first. */
  readonly themes: readonly ReportTheme[];
  /** The types of profiles that changed, before and after. */
  readonly declarations: readonly DeclarationChange[];
  /** Whether the compiler confirms the verdicts, if it was asked. */
  readonly proof?: Proof;
}

/** All changes of the package, of one profile or of one value set. */
export interface ReportGroup extends Subject {
  /** The impact of the most severe change. */
  readonly impact: Impact;
  readonly counts: Readonly<Record<Impact, number>>;
  /** The most severe first, otherwise in the given order. */
  readonly changes: readonly Change[];
}

/** The parts of a report besides changes. */
export interface ReportParts {
  readonly filter?: ReportFilter;
  /** The types of profiles that changed; read only for formats that show them. */
  readonly declarations?: readonly DeclarationChange[];
  /** Whether the compiler confirms the verdicts, if it was asked. */
  readonly proof?: Proof | undefined;
}

/**
 * Counts changes and groups them for readers: by subject, by equality, and by kind.
 *
 * @param old the old side
 * @param next the new side
 * @param all the result of `diff` for the two sides
 * @param parts see {@link ReportParts}
 */
export function reportOf(old: Compared, next: Compared, all: readonly Change[], parts: ReportParts = {}): Report {
  const { filter = {}, proof } = parts;
  const concerned = filter.profiles === undefined ? all : concerning(all, filter.profiles);
  const changes = concerned.filter(({ impact }) => filter.impacts?.includes(impact) ?? true);
  const counts = countOf(concerned);
  const entries = [...entriesOf(changes)].sort((a, b) => byGravity(a, b) || b.places.length - a.places.length);
  // When impacts are requested, a change to documentation is no reason to show types.
  const isShown = ({ impact }: Change): boolean => filter.impacts === undefined || impact !== 'documentation';
  const shown = new Set(changes.filter(isShown).map(({ profile }) => profile));
  return {
    before: { name: old.package.name, version: old.package.version },
    after: { name: next.package.name, version: next.package.version },
    filter,
    counts,
    verdicts: { write: verdictsOf(concerned, 'write'), read: verdictsOf(concerned, 'read') },
    bump: counts.breaking > 0 ? 'major' : counts.compatible > 0 ? 'minor' : counts.documentation > 0 ? 'patch' : 'none',
    changes,
    groups: groupsOf(changes),
    entries,
    themes: themesOf(entries),
    get declarations() {
      return (parts.declarations ?? []).filter(({ canonical }) => shown.has(canonical));
    },
    ...(proof === undefined ? {} : { proof }),
  };
}

/**
 * The title of a report: `guide#1.0.0 → guide#2.0.0`. It still has to be escaped.
 *
 * @param report any
 */
export function titleOf({ before, after }: Report): string {
  return `${before.name}#${before.version} → ${after.name}#${after.version}`;
}

/**
 * The counts of a report and the version that it suggests, in words.
 *
 * @param report any
 */
export function totalsOf({ counts, bump }: Report): string {
  return `${counts.breaking} breaking, ${counts.compatible} compatible, ${counts.documentation} documentation; suggested version: ${bump}`;
}

function groupsOf(changes: readonly Change[]): readonly ReportGroup[] {
  return groupedBy(changes, (change) => subjectOf(change).canonical ?? '').map((own) => {
    const sorted = [...own].sort((a, b) => rank(a) - rank(b));
    return {
      ...subjectOf(own[0]),
      impact: sorted[0]?.impact ?? own[0].impact,
      counts: countOf(own),
      changes: sorted,
    };
  });
}

function rank(change: Change): number {
  return IMPACTS.indexOf(change.impact);
}

function countOf(changes: readonly Change[]): Record<Impact, number> {
  const counts: Record<Impact, number> = { breaking: 0, compatible: 0, documentation: 0 };
  for (const { impact } of changes) counts[impact]++;
  return counts;
}

function verdictsOf(changes: readonly Change[], side: 'write' | 'read'): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { 'breaks-compile': 0, 'breaks-validation': 0, safe: 0, unknown: 0 };
  for (const change of changes) counts[change[side]]++;
  return counts;
}

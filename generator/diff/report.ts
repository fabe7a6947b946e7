import { IMPACTS, type Change, type Impact } from './change.js';
import type { Proof } from './proof.js';
import type { PackageIdentity } from '../fhir/package-id.js';

/** The part of a version that has to be raised (Semantic Versioning 2.0.0). */
export type Bump = 'major' | 'minor' | 'patch' | 'none';

/** What was compared. */
export interface Compared {
  readonly package: PackageIdentity;
}

/** Changes, counted and in order. */
export interface Report {
  readonly before: PackageIdentity;
  readonly after: PackageIdentity;
  readonly counts: Readonly<Record<Impact, number>>;
  /** What the version of a package that hands the generated models on has to say. */
  readonly bump: Bump;
  /** By what they are about, in the order of the changes. */
  readonly groups: readonly ReportGroup[];
  /** What the compiler says of the verdicts, where it was asked. */
  readonly proof?: Proof;
}

/** All changes of the package, of one profile or of one value set. */
export interface ReportGroup {
  readonly about: 'package' | 'profile' | 'value set';
  readonly name: string;
  readonly canonical?: string;
  /** The gravest of the changes. */
  readonly impact: Impact;
  readonly counts: Readonly<Record<Impact, number>>;
  /** The gravest first, otherwise as they came. */
  readonly changes: readonly Change[];
}

/**
 * Counts changes and sorts them by what they are about.
 *
 * @param old the old side
 * @param next the new side
 * @param changes what `diff` gives for the two
 * @param proof what the compiler says of them, where it was asked
 */
export function reportOf(old: Compared, next: Compared, changes: readonly Change[], proof?: Proof): Report {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = change.profile ?? change.valueSet ?? '';
    const group = groups.get(key) ?? [];
    group.push(change);
    groups.set(key, group);
  }
  const counts = countOf(changes);
  return {
    before: { name: old.package.name, version: old.package.version },
    after: { name: next.package.name, version: next.package.version },
    counts,
    bump: counts.breaking > 0 ? 'major' : counts.compatible > 0 ? 'minor' : counts.documentation > 0 ? 'patch' : 'none',
    groups: [...groups.values()].flatMap(groupOf),
    ...(proof === undefined ? {} : { proof }),
  };
}

function groupOf(changes: readonly Change[]): ReportGroup[] {
  const [first] = changes;
  if (first === undefined) return [];
  const canonical = first.profile ?? first.valueSet;
  const sorted = [...changes].sort((a, b) => rank(a) - rank(b));
  return [
    {
      about: first.profile !== undefined ? 'profile' : first.valueSet !== undefined ? 'value set' : 'package',
      name: first.name,
      ...(canonical === undefined ? {} : { canonical }),
      impact: sorted[0]?.impact ?? first.impact,
      counts: countOf(changes),
      changes: sorted,
    },
  ];
}

function rank(change: Change): number {
  return IMPACTS.indexOf(change.impact);
}

function countOf(changes: readonly Change[]): Record<Impact, number> {
  const counts: Record<Impact, number> = { breaking: 0, compatible: 0, documentation: 0 };
  for (const { impact } of changes) counts[impact]++;
  return counts;
}

import { groupedBy } from '../order.js';
import type { ChangeKind } from './change.js';
import { type ReportEntry, type ReportPlace, placesOf } from './entry.js';
import { type Gravity, gravityOf, GRAVITIES } from './gravity.js';
import { kindPhrase } from './kind-phrase.js';

/** All changes of one kind and one gravity: a line of a summary. */
export interface ReportTheme {
  readonly kind: ChangeKind;
  readonly gravity: Gravity;
  /** What changed, with the number of changes: `27 slices were removed`. */
  readonly title: string;
  /** Number of changes. */
  readonly count: number;
  /** The number of changes that break, or may break, programs that make values. */
  readonly write: number;
  readonly read: number;
  /** Each distinct change once; those in most profiles first. */
  readonly entries: readonly ReportEntry[];
  /** The places of the changes, those with most changes first. */
  readonly places: readonly ReportPlace[];
}

/**
 * Sums up changes by gravity and kind.
 *
 * @param entries all entries of a report
 * @returns themes, the most severe first, then those with most changes
 */
export function themesOf(entries: readonly ReportEntry[]): readonly ReportTheme[] {
  return groupedBy(entries, (entry) => `${gravityOf(entry)} ${entry.kind}`)
    .map(themeOf)
    .sort(
      (a, b) =>
        GRAVITIES.indexOf(a.gravity) - GRAVITIES.indexOf(b.gravity) ||
        b.write + b.read - (a.write + a.read) ||
        b.count - a.count,
    );
}

function themeOf(entries: readonly [ReportEntry, ...ReportEntry[]]): ReportTheme {
  const [first] = entries;
  const changes = entries.flatMap((entry) => entry.changes);
  return {
    kind: first.kind,
    gravity: gravityOf(first),
    title: kindPhrase(first.kind, changes.length),
    count: changes.length,
    write: changes.filter(({ write }) => write !== 'safe').length,
    read: changes.filter(({ read }) => read !== 'safe').length,
    entries: [...entries].sort((a, b) => b.places.length - a.places.length || b.changes.length - a.changes.length),
    places: [...placesOf(changes)].sort((a, b) => b.count - a.count),
  };
}

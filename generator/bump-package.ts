import { type CompareOptions, matchedSides } from './compare.js';
import type { DeclarationChange } from './diff/declarations.js';
import { type Report, reportOf } from './diff/report.js';
import { type Renames, renamesOf } from './migrate/renames.js';
import type { PinnedSnapshot } from './pin/snapshot.js';

/** What a new version of a guide means for the programs that use its models. */
export interface Upgrade {
  readonly report: Report;
  readonly renames: Renames;
  /** The types of profiles that changed, before and after, see `Comparison.declarations`. */
  readonly differences: readonly DeclarationChange[];
}

/**
 * What a new version of a guide means for the programs that use its models.
 *
 * @param old the snapshot that they were written for
 * @param next the snapshot to move to
 * @param options see {@link CompareOptions}
 */
export function upgradeOf(old: PinnedSnapshot, next: PinnedSnapshot, options: CompareOptions = {}): Upgrade {
  const { before, after, matching, units, comparison } = matchedSides(old, next, options);
  return {
    report: reportOf(old, next, comparison.changes),
    renames: renamesOf(units, before.names, after.names, matching.slices),
    get differences() {
      return comparison.declarations;
    },
  };
}

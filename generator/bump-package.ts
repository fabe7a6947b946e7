import { type CompareOptions, sidesOf } from './compare.js';
import { type DeclarationChange, declarationChanges } from './diff/declarations.js';
import { diff } from './diff/diff.js';
import { unitPairs } from './diff/exports.js';
import { match } from './diff/match.js';
import { type Report, reportOf } from './diff/report.js';
import { FACTS } from './facts/registry.js';
import { type Renames, renamesOf } from './migrate/renames.js';
import type { PinnedSnapshot } from './pin/snapshot.js';

/** What a new version of a guide means for the programs that use its models. */
export interface Upgrade {
  readonly report: Report;
  readonly renames: Renames;
  /** What the types of profiles were, and what they are. */
  readonly differences: readonly DeclarationChange[];
}

/**
 * What a new version of a guide means for the programs that use its models.
 *
 * @param old the snapshot that they were written for
 * @param next the snapshot that they shall move to
 * @param options see there
 */
export function upgradeOf(old: PinnedSnapshot, next: PinnedSnapshot, options: CompareOptions = {}): Upgrade {
  const { before, after } = sidesOf(old, next, FACTS, options);
  const matching = match(before.model, after.model, options.mapping);
  const units = unitPairs(matching, before, after);
  return {
    report: reportOf(old, next, diff(before, after, FACTS, options.mapping)),
    renames: renamesOf(units, before.names, after.names, matching.slices),
    differences: declarationChanges(units, before.modules, after.modules),
  };
}

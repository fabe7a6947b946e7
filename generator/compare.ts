import type { Change } from './diff/change.js';
import { diff } from './diff/diff.js';
import type { SideModel } from './diff/side.js';
import { FACTS, type FactRegistry } from './facts/registry.js';
import { buildModel } from './model/build.js';
import { resolveModel } from './model/resolve.js';
import { ledgerOf } from './names/ledger-of.js';
import { nameAll, type NameOptions } from './names/names.js';
import type { PinnedSnapshot } from './pin/snapshot.js';

/**
 * What changed between two pinned snapshots. Names that the old side gave stay, as they do when the new version is
 * generated over the old one.
 *
 * @param old the snapshot that programs were written for
 * @param next the snapshot that they shall move to
 * @param facts of elements that there are
 */
export function compare(old: PinnedSnapshot, next: PinnedSnapshot, facts: FactRegistry = FACTS): readonly Change[] {
  const before = sideOf(old, {}, facts);
  return diff(before, sideOf(next, { ledger: ledgerOf(before.names) }, facts), facts);
}

function sideOf(snapshot: PinnedSnapshot, options: NameOptions, facts: FactRegistry): SideModel {
  const model = resolveModel(buildModel(snapshot, facts), facts);
  return { model, names: nameAll(model, options), packages: snapshot.packages };
}

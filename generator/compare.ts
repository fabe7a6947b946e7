import type { Change } from './diff/change.js';
import { type DeclarationChange, declarationChanges } from './diff/declarations.js';
import { changesOf, diff } from './diff/diff.js';
import { type UnitPair, unitPairs } from './diff/exports.js';
import type { Mapping } from './diff/mapping.js';
import { match, type Matching } from './diff/match.js';
import type { SideModel } from './diff/side.js';
import type { Module } from './emit/module.js';
import { surfaceOf } from './emit/surface.js';
import { FACTS, type FactRegistry } from './facts/registry.js';
import { buildModel } from './model/build.js';
import { resolveModel } from './model/resolve.js';
import { ledgerOf } from './names/ledger-of.js';
import type { NameLedger } from './names/ledger.js';
import { nameAll, type NameOptions } from './names/names.js';
import type { PinnedSnapshot } from './pin/snapshot.js';
import { DEFAULT_CODE_LIMIT, renderContext } from './render/context.js';
import { apiModules, modulesOf } from './render/modules.js';

/** What the user knows about the two sides. */
export interface CompareOptions {
  /** Profiles, value sets, slices and packages that correspond to each other; none if absent. */
  readonly mapping?: Mapping | undefined;
  /** Names of existing outputs. If absent, the old side is named from scratch, and the new side keeps its names. */
  readonly ledgers?: { readonly before?: NameLedger | undefined; readonly after?: NameLedger | undefined };
  /** Names and folders that the user configures. */
  readonly naming?: Omit<NameOptions, 'ledger'> | undefined;
}

/** Both sides of a comparison, and the modules that programs import. */
export interface ComparedSides {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
}

/** One side of a comparison. */
export interface ComparedSide extends SideModel {
  readonly modules: readonly Module[];
}

/**
 * What changed between two pinned snapshots. Names of the old side stay, as they do when the new version is generated
 * over the old one.
 *
 * @param old the snapshot that programs were written for
 * @param next the snapshot to move to
 * @param facts the registered facts of elements
 * @param options see {@link CompareOptions}
 */
export function compare(
  old: PinnedSnapshot,
  next: PinnedSnapshot,
  facts: FactRegistry = FACTS,
  options: CompareOptions = {},
): readonly Change[] {
  const { before, after } = sidesOf(old, next, facts, options);
  return diff(before, after, facts, options.mapping);
}

/** What changed between two versions of a guide, and in its TypeScript declarations. */
export interface Comparison {
  readonly changes: readonly Change[];
  /** The types of profiles that changed, before and after. They are compared on first read: not every report shows them. */
  readonly declarations: readonly DeclarationChange[];
}

/** Both sides, how they are matched, and what changed between them. */
export interface MatchedSides extends ComparedSides {
  readonly matching: Matching;
  /** Profiles and value sets of the old side, with their modules on both sides. */
  readonly units: readonly UnitPair[];
  readonly comparison: Comparison;
}

/**
 * Matches and compares two pinned snapshots.
 *
 * @param old the snapshot that programs were written for
 * @param next the snapshot to move to
 * @param options see {@link CompareOptions}
 * @throws UsageError when the mapping names something that neither side has
 */
export function matchedSides(old: PinnedSnapshot, next: PinnedSnapshot, options: CompareOptions = {}): MatchedSides {
  const { before, after } = sidesOf(old, next, FACTS, options);
  const matching = match(before, after, options.mapping);
  const units = unitPairs(matching, before, after);
  const changes = changesOf(before, after, matching);
  let declarations: readonly DeclarationChange[] | undefined;
  const comparison: Comparison = {
    changes,
    get declarations() {
      return (declarations ??= declarationChanges(units, before.modules, after.modules));
    },
  };
  return { before, after, matching, units, comparison };
}

/**
 * What changed between two pinned snapshots, see {@link compare}, with the declarations that changed.
 *
 * @param old the snapshot that programs were written for
 * @param next the snapshot to move to
 * @param options see {@link CompareOptions}
 */
export function comparisonOf(old: PinnedSnapshot, next: PinnedSnapshot, options: CompareOptions = {}): Comparison {
  return matchedSides(old, next, options).comparison;
}

/**
 * Two pinned snapshots, resolved and named, with what their modules export.
 *
 * @param old the snapshot that programs were written for
 * @param next the snapshot to move to
 * @param facts the registered facts of elements
 * @param options see {@link CompareOptions}
 */
function sidesOf(
  old: PinnedSnapshot,
  next: PinnedSnapshot,
  facts: FactRegistry = FACTS,
  { ledgers, naming = {} }: CompareOptions = {},
): ComparedSides {
  const before = sideOf(old, { ...naming, ledger: ledgers?.before }, facts);
  const { overrides = new Map<string, string>() } = naming;
  const declares = (file: string, name: string): boolean => before.exports.get(file)?.has(name) === true;
  const ledger = ledgers?.after ?? ledgerOf(before.names, { declares, overrides });
  return { before, after: sideOf(next, { ...naming, ledger }, facts) };
}

function sideOf(snapshot: PinnedSnapshot, naming: NameOptions, facts: FactRegistry): ComparedSide {
  const model = resolveModel(buildModel(snapshot, facts), facts);
  const { codeLimit = DEFAULT_CODE_LIMIT } = naming;
  const names = nameAll(model, { ...naming, codeLimit });
  const modules = apiModules(modulesOf(renderContext(model, names, codeLimit, { facts })));
  return { model, names, exports: surfaceOf(modules), modules, packages: snapshot.packages };
}

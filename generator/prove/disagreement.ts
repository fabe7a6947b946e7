import type { Change, ChangeKind } from '../diff/change.js';
import { lostExports, type UnitPair } from '../diff/exports.js';
import type { Failing } from './compile.js';
import type { Direction } from './statements.js';

/** Where the verdicts of changes and the compiler differ. */
export interface Disagreement {
  readonly about: UnitPair['about'];
  readonly canonical: string;
  /** Name of the interface or the value set in programs. */
  readonly name: string;
  readonly direction: Direction;
  /** What the compiler finds; nothing where it finds nothing and a change says that programs do not compile. */
  readonly found: readonly string[];
  /** Kinds of change that say so; none where no change does. */
  readonly claimed: readonly ChangeKind[];
}

/** Kinds that say that the whole module has another place or name, or none. */
const PLACE: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  'profile-removed',
  'profile-moved',
  'profile-renamed',
  'value-set-removed',
  'value-set-renamed',
  'value-set-moved',
]);

/** Messages of the compiler that a disagreement quotes. */
const QUOTED = 3;

/**
 * Holds the verdicts of changes against what the compiler says: `breaks-compile` if and only if something does not
 * compile.
 *
 * @param units profiles and value sets on both sides
 * @param changes all of them
 * @param failing what does not compile
 */
export function disagreements(
  units: readonly UnitPair[],
  changes: readonly Change[],
  failing: readonly Failing[],
): readonly Disagreement[] {
  const byUnit = new Map<string, Change[]>();
  const isRenamedPackage = changes.some(({ kind }) => kind === 'package-renamed');
  for (const change of changes) {
    const key = change.profile === undefined ? `valueSet ${change.valueSet ?? ''}` : `profile ${change.profile}`;
    byUnit.set(key, [...(byUnit.get(key) ?? []), change]);
  }
  const failingBy = new Map<UnitPair, Failing[]>();
  for (const one of failing) failingBy.set(one.unit, [...(failingBy.get(one.unit) ?? []), one]);
  return units.flatMap((unit) => {
    const own = byUnit.get(`${unit.about} ${unit.canonical}`) ?? [];
    return [
      ...ofPlace(unit, own, isRenamedPackage),
      ...(unit.after === undefined ? [] : ofTypes(unit, own, failingBy.get(unit) ?? [])),
    ];
  });
}

/** A module that is elsewhere, or exports its types under other names. */
function ofPlace(unit: UnitPair, own: readonly Change[], isRenamedPackage: boolean): readonly Disagreement[] {
  const { before, after } = unit;
  const claimed = own.filter(
    ({ kind, write }) => write === 'breaks-compile' && (PLACE.has(kind) || (after === undefined && isExports(kind))),
  );
  const found =
    after === undefined
      ? [`there is no module ${before.file}`]
      : [
          ...(after.file === before.file ? [] : [`the module ${before.file} is ${after.file}`]),
          ...(after.name === before.name ? [] : [`${before.name} is called ${after.name}`]),
        ];
  // A package with another name is one change for all of its modules.
  const isClaimed = claimed.length > 0 || (isRenamedPackage && after !== undefined && after.name === before.name);
  if (found.length > 0 === isClaimed || (found.length === 0 && claimed.length === 0)) return [];
  return [{ ...about(unit), direction: 'write', found, claimed: claimed.map(({ kind }) => kind) }];
}

function isExports(kind: ChangeKind): boolean {
  return kind === 'exports-removed';
}

/** What its exports are, whatever they are called now. */
function ofTypes(unit: UnitPair, own: readonly Change[], failing: readonly Failing[]): readonly Disagreement[] {
  const lost = lostExports(unit).map(({ name }) => `${name} is no longer exported`);
  return (['write', 'read'] as const).flatMap((direction) => {
    const claimed = own.filter((change) => change[direction] === 'breaks-compile' && !PLACE.has(change.kind));
    const failed = failing.filter((one) => one.direction === direction);
    const found = [...lost, ...failed.map(({ place, message }) => `${place.name}: ${message}`)];
    // What is unknown may break.
    const isOpen = found.length > 0 && own.some((change) => change[direction] === 'unknown');
    if (found.length > 0 === claimed.length > 0 || isOpen) return [];
    return [{ ...about(unit), direction, found: found.slice(0, QUOTED), claimed: claimed.map(({ kind }) => kind) }];
  });
}

function about({ about, canonical, before }: UnitPair): Pick<Disagreement, 'about' | 'canonical' | 'name'> {
  return { about, canonical, name: before.name };
}

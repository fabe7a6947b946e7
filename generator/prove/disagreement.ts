import type { Change, ChangeKind } from '../diff/change.js';
import { type ExportPlace, lostExports, type UnitPair } from '../diff/exports.js';
import type { Disagreement } from '../diff/proof.js';
import { byKey } from '../order.js';
import type { Failing } from './compile.js';

/** Kinds of changes that move, rename or remove a whole module. */
const PLACE: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  'profile-removed',
  'profile-moved',
  'profile-renamed',
  'value-set-removed',
  'value-set-renamed',
  'value-set-moved',
]);

/** Kinds of changes after which the codes of a value set close a type, or no longer do. */
const OPENNESS: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  'value-set-opened',
  'value-set-closed',
  'value-set-unresolved',
  'value-set-resolved',
]);

/** The number of compiler messages that a disagreement quotes. */
const QUOTED = 3;

/**
 * Compares the verdicts of changes with the result of the compiler: a change is `breaks-compile` if and only if
 * something does not compile.
 *
 * @param units profiles and value sets on both sides
 * @param changes all of them
 * @param failing what does not compile
 * @param boundIn canonicals of the profiles that bind a value set, by its canonical
 */
export function disagreements(
  units: readonly UnitPair[],
  changes: readonly Change[],
  failing: readonly Failing[],
  boundIn: (valueSet: string) => ReadonlySet<string>,
): readonly Disagreement[] {
  const opened = changes.filter(({ kind }) => OPENNESS.has(kind));
  const isRenamedPackage = changes.some(({ kind }) => kind === 'package-renamed');
  const byUnit = byKey(changes, ({ profile, valueSet = '' }) =>
    profile === undefined ? `valueSet ${valueSet}` : `profile ${profile}`,
  );
  const failingBy = new Map<UnitPair, Failing[]>();
  for (const one of failing) failingBy.set(one.unit, [...(failingBy.get(one.unit) ?? []), one]);
  return units.flatMap((unit) => {
    const own = byUnit.get(`${unit.about} ${unit.canonical}`) ?? [];
    const elsewhere = opened.filter(({ valueSet = '' }) => boundIn(valueSet).has(unit.canonical));
    return [
      ...ofPlace(unit, own, isRenamedPackage),
      ...(unit.after === undefined ? [] : ofTypes(unit, own, elsewhere, failingBy.get(unit) ?? [])),
    ];
  });
}

/** Disagreements about the path of a module and the names of its exports. */
function ofPlace(unit: UnitPair, own: readonly Change[], isRenamedPackage: boolean): readonly Disagreement[] {
  const { before, after } = unit;
  const claimed = own.filter(
    ({ kind, write }) => write === 'breaks-compile' && (PLACE.has(kind) || (after === undefined && isExports(kind))),
  );
  const found =
    after === undefined
      ? [`there is no module ${before.file}`]
      : [
          ...(after.file === before.file ? [] : [`the module ${before.file} has moved to ${after.file}`]),
          ...(after.name === before.name ? [] : [`${before.name} is renamed to ${after.name}`]),
        ];
  // A package with another name is one change for all of its modules.
  const isClaimed =
    claimed.length > 0 ||
    (isRenamedPackage && after !== undefined && after.name === before.name && fileOf(after) === fileOf(before));
  if (found.length > 0 === isClaimed || (found.length === 0 && claimed.length === 0)) return [];
  return [{ ...about(unit), direction: 'write', found, claimed: claimed.map(({ kind }) => kind) }];
}

function fileOf({ file }: ExportPlace): string {
  return file.split('/').at(-1) ?? file;
}

function isExports(kind: ChangeKind): boolean {
  return kind === 'exports-removed';
}

/** Disagreements about the types of exports, whatever their names are now. */
function ofTypes(
  unit: UnitPair,
  own: readonly Change[],
  elsewhere: readonly Change[],
  failing: readonly Failing[],
): readonly Disagreement[] {
  const lost = lostExports(unit).map((pair) => `${pair.before.name} is no longer exported`);
  return (['write', 'read'] as const).flatMap((direction) => {
    const claimed = own.filter((change) => change[direction] === 'breaks-compile' && !PLACE.has(change.kind));
    const failed = failing.filter((one) => one.direction === direction);
    const found = [...lost, ...failed.map(({ place, message }) => `${place.name}: ${message}`)];
    // What is unknown may break; a value set of which not all codes are known changes the types of those that bind it.
    const isOpen =
      found.length > 0 &&
      (own.some((change) => change[direction] === 'unknown') ||
        elsewhere.some((change) => change[direction] === 'unknown' || change[direction] === 'breaks-compile'));
    if (found.length > 0 === claimed.length > 0 || isOpen) return [];
    return [{ ...about(unit), direction, found: found.slice(0, QUOTED), claimed: claimed.map(({ kind }) => kind) }];
  });
}

function about({ about, canonical, before }: UnitPair): Pick<Disagreement, 'about' | 'canonical' | 'name'> {
  return { about, canonical, name: before.name };
}

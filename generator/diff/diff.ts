import { FACTS, type FactRegistry } from '../facts/registry.js';
import { byCodeUnit } from '../order.js';
import type { Change } from './change.js';
import type { Mapping } from './mapping.js';
import { match, type Matching } from './match.js';
import { packageChanges } from './package.js';
import { profileChanges } from './profile.js';
import type { SideModel } from './side.js';
import { sidesOf } from './sides.js';
import { valueSetUses } from './use.js';
import { valueSetChanges } from './value-set.js';

/**
 * What changed between two versions of a guide, and what it means for programs that use the generated models.
 *
 * @param old the side that the programs were written for
 * @param next the side to move to
 * @param facts the registered facts of elements
 * @param mapping profiles, value sets, slices and packages that the user maps to each other; none if absent
 * @returns changes of the package, then of profiles and of value sets by name, each in the order of its elements
 */
export function diff(
  old: SideModel,
  next: SideModel,
  facts: FactRegistry = FACTS,
  mapping?: Mapping,
): readonly Change[] {
  return changesOf(old, next, match(old, next, mapping), facts);
}

/**
 * What changed between two matched sides, see {@link diff}.
 *
 * @param old the side that the programs were written for
 * @param next the side to move to
 * @param matching profiles, value sets and slices of both sides
 * @param facts the registered facts of elements
 */
export function changesOf(
  old: SideModel,
  next: SideModel,
  matching: Matching,
  facts: FactRegistry = FACTS,
): readonly Change[] {
  const sides = sidesOf(old, next, facts, matching);
  const oldUses = valueSetUses(old.model);
  const newUses = valueSetUses(next.model);
  const profiles = sides.profiles.map((pair) => profileChanges(pair, sides));
  const valueSets = sides.valueSets.map((pair) => {
    const before = oldUses.get(pair.before?.url ?? '');
    const after = newUses.get(pair.after?.url ?? '');
    const isRequired = before?.isRequired === true || after?.isRequired === true;
    const profiles = (after ?? before)?.profiles ?? [];
    const canonicals = new Set(after?.canonicals ?? [...(before?.canonicals ?? [])].map(sides.translate));
    return valueSetChanges(pair, { isRequired, profiles, canonicals }, sides);
  });
  return [...packageChanges(old, next, sides), ...byName(profiles), ...byName(valueSets)];
}

function byName(groups: readonly (readonly Change[])[]): readonly Change[] {
  const key = ([first]: readonly Change[]): string =>
    `${first?.name ?? ''}\n${first?.profile ?? first?.valueSet ?? ''}`;
  return [...groups].sort((a, b) => byCodeUnit(key(a), key(b))).flat();
}

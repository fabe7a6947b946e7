import { FACTS, type FactRegistry } from '../facts/registry.js';
import { byCodeUnit } from '../order.js';
import type { PinnedSnapshot, PinnedStructureDefinition } from '../pin/snapshot.js';
import type { Change } from './change.js';
import { packageChanges } from './package.js';
import { profileChanges } from './profile.js';
import { sidesOf } from './sides.js';
import { valueSetChanges, type ValueSetUse } from './value-set.js';
import { parseCanonical } from '../fhir/canonical.js';

/**
 * What changed between two pinned snapshots, and what it means for programs that use the generated models.
 *
 * @param old the snapshot that the programs were written for
 * @param next the snapshot that they shall move to
 * @param facts of elements that there are
 * @returns changes of the package, then of profiles and of value sets by name, each in the order of its elements
 */
export function diff(old: PinnedSnapshot, next: PinnedSnapshot, facts: FactRegistry = FACTS): readonly Change[] {
  const sides = sidesOf(old, next, facts);
  const oldUses = usesOf(old);
  const newUses = usesOf(next);
  const profiles = sides.profiles.map((pair) => profileChanges(pair, sides));
  const valueSets = sides.valueSets.map((pair) => {
    const before = oldUses.get(pair.before?.url ?? '');
    const after = newUses.get(pair.after?.url ?? '');
    return valueSetChanges(pair, {
      isRequired: before?.isRequired === true || after?.isRequired === true,
      profiles: (after ?? before)?.profiles ?? [],
    });
  });
  return [...packageChanges(old, next, sides), ...byName(profiles), ...byName(valueSets)];
}

function byName(groups: readonly (readonly Change[])[]): readonly Change[] {
  const key = ([first]: readonly Change[]): string =>
    `${first?.name ?? ''}\n${first?.profile ?? first?.valueSet ?? ''}`;
  return [...groups].sort((a, b) => byCodeUnit(key(a), key(b))).flat();
}

/** Where each value set is bound, by its canonical. */
function usesOf(snapshot: PinnedSnapshot): ReadonlyMap<string, ValueSetUse> {
  const uses = new Map<string, { isRequired: boolean; profiles: string[] }>();
  const add = (definition: PinnedStructureDefinition, canonical: string, isRequired: boolean): void => {
    const { url } = parseCanonical(canonical);
    const use = uses.get(url) ?? { isRequired: false, profiles: [] };
    use.isRequired ||= isRequired;
    if (definition.derivation === 'constraint') use.profiles.push(definition.name);
    uses.set(url, use);
  };
  for (const definition of snapshot.structureDefinitions) {
    for (const { binding } of definition.elements) {
      if (binding?.valueSet !== undefined) add(definition, binding.valueSet, binding.strength === 'required');
    }
  }
  return uses;
}

import type { FactComparison } from '../facts/fact.js';
import type { FactValues } from '../facts/registry.js';
import { declaredFacts, factChanges } from '../facts/values.js';
import type { PinnedElement } from '../pin/snapshot.js';
import { cardinalityChanges, maxOf } from './cardinality.js';
import type { ChangeFact } from './change.js';
import type { Sides } from './sides.js';
import { slicingChanges } from './slicing.js';
import { typeChanges } from './type.js';
import { codesOf, isOpen } from './value-set.js';

/**
 * All that changed of one element that is in both snapshots.
 *
 * @param id ElementDefinition.id; either side may be the more general element from which it follows
 * @param before the element in the old snapshot
 * @param after the element in the new snapshot
 * @param sides of the comparison
 */
export function elementChanges(
  id: string,
  before: PinnedElement,
  after: PinnedElement,
  sides: Sides,
): readonly ChangeFact[] {
  // The root is the resource itself: how often it is there is for those to say who contain it.
  const isRoot = !id.includes('.');
  const isSlice = /:[^.]*$/.test(id) && !/\[x\]:[^.]*$/.test(id);
  const cardinality = isRoot ? [] : cardinalityChanges(id, before, after, isSlice);
  if (!isRoot && maxOf(after) === 0) return cardinality;
  const facts = factsOf(before, after, sides);
  return [
    ...cardinality,
    ...(isRoot ? [] : typeChanges(id, before, after, sides)),
    // The slices of a choice are its types.
    ...(id.endsWith('[x]') ? [] : slicingChanges(id, before, after)),
    ...factChanges(...facts, comparisonOf(id, before.id === after.id, facts, sides), sides.facts),
  ];
}

/** The facts of either side, without the invariants that the types of either side bring along. */
function factsOf(before: PinnedElement, after: PinnedElement, sides: Sides): readonly [FactValues, FactValues] {
  const known = new Set([...sides.before.constraintsOfTypes(before), ...sides.after.constraintsOfTypes(after)]);
  const declared = (element: PinnedElement): FactValues =>
    declaredFacts(
      element,
      { base: {}, isFixed: element.fixed !== undefined, hasTypeInvariant: (key) => known.has(key) },
      sides.facts,
    );
  return [declared(before), declared(after)];
}

function comparisonOf(
  id: string,
  isSameElement: boolean,
  [before, after]: readonly [FactValues, FactValues],
  sides: Sides,
): FactComparison {
  return {
    id,
    isSameElement,
    before,
    after,
    translate: (canonical) => sides.translate(canonical),
    nameOf: (canonical) => sides.nameOf(canonical),
    codesOf(side, canonical) {
      const valueSet = side === 'before' ? sides.oldValueSet(canonical) : sides.newValueSet(canonical);
      return valueSet === undefined || isOpen(valueSet) ? undefined : codesOf(valueSet);
    },
  };
}

import type { PinnedConstraint, PinnedElement } from '../pin/snapshot.js';
import { bindingChanges } from './binding.js';
import { cardinalityChanges, maxOf } from './cardinality.js';
import type { ChangeFact } from './change.js';
import type { Sides } from './sides.js';
import { slicingChanges } from './slicing.js';
import { typeChanges } from './type.js';
import { valueChanges } from './value.js';

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
  return [
    ...cardinality,
    ...(isRoot ? [] : typeChanges(id, before, after, sides)),
    ...valueChanges(id, before, after, sides),
    ...bindingChanges(id, before, after, sides),
    // The slices of a choice are its types.
    ...(id.endsWith('[x]') ? [] : slicingChanges(id, before, after)),
    ...constraintChanges(id, before, after, sides),
    ...flagChanges(id, before, after),
  ];
}

/** Invariants run in the guard (FHIR R4, ElementDefinition.constraint); warnings do not make it say no. */
function constraintChanges(id: string, before: PinnedElement, after: PinnedElement, sides: Sides): ChangeFact[] {
  const old = byKey(before.constraints);
  const next = byKey(after.constraints);
  const [oldTypes, newTypes] = [sides.before.constraintsOfTypes(before), sides.after.constraintsOfTypes(after)];
  const facts: ChangeFact[] = [];
  for (const [key, constraint] of next) {
    const former = old.get(key);
    const isError = constraint.severity === 'error';
    const impact = isError ? 'breaking' : 'documentation';
    const is = describe(constraint);
    if (former === undefined) {
      if (oldTypes.has(key)) continue;
      const sentence = `${id} ${isError ? 'has to meet' : 'is expected to meet'} the new invariant ${key}`;
      facts.push({ kind: 'constraint-added', impact, after: is, sentence });
    } else if (describe(former) !== is) {
      const sentence = `the invariant ${key} of ${id} changed`;
      facts.push({ kind: 'constraint-changed', impact, before: describe(former), after: is, sentence });
    }
  }
  for (const [key, constraint] of old) {
    if (next.has(key) || newTypes.has(key)) continue;
    const impact = constraint.severity === 'error' ? 'compatible' : 'documentation';
    const sentence = `${id} no longer has to meet the invariant ${key}`;
    facts.push({ kind: 'constraint-removed', impact, before: describe(constraint), sentence });
  }
  return facts;
}

function byKey(constraints: readonly PinnedConstraint[] | undefined): ReadonlyMap<string, PinnedConstraint> {
  return new Map(constraints?.map((constraint) => [constraint.key, constraint]));
}

function describe({ severity, expression }: PinnedConstraint): string {
  return `${severity}: ${expression ?? 'no expression'}`;
}

function flagChanges(id: string, before: PinnedElement, after: PinnedElement): ChangeFact[] {
  const facts: ChangeFact[] = [];
  if (before.mustSupport !== after.mustSupport) {
    const is = after.mustSupport === true;
    const sentence = `systems ${is ? 'must now' : 'no longer have to'} support ${id}`;
    facts.push({ kind: 'must-support', impact: 'documentation', ...flags(!is), sentence });
  }
  if (before.isModifier !== after.isModifier) {
    const is = after.isModifier === true;
    // FHIR R4, "Modifier elements": who does not understand one must not go on, so readers have work to do.
    const sentence = is
      ? `${id} is now a modifier: whoever reads the resource has to look at it`
      : `${id} is no longer a modifier`;
    facts.push({ kind: 'modifier', impact: is ? 'breaking' : 'documentation', ...flags(!is), sentence });
  }
  // A datatype explains its elements in other words than the profile that takes them up.
  if (before.id === after.id && before.short !== after.short) {
    const both = {
      ...(before.short === undefined ? {} : { before: before.short }),
      ...(after.short === undefined ? {} : { after: after.short }),
    };
    facts.push({ kind: 'short', impact: 'documentation', ...both, sentence: `the description of ${id} changed` });
  }
  return facts;
}

function flags(was: boolean): { readonly before: string; readonly after: string } {
  return { before: String(was), after: String(!was) };
}

import type { PinnedElement, PinnedStructureDefinition } from '../pin/snapshot.js';
import type { Change, ChangeFact } from './change.js';
import { elementChanges } from './element.js';
import { maxOf } from './cardinality.js';
import type { Pair } from './match.js';
import type { Sides } from './sides.js';
import { sliceChange } from './slicing.js';

/**
 * All that changed of one profile.
 *
 * @param pair the profile in both snapshots, or in one
 * @param sides of the comparison
 * @returns what is about the profile as a whole first, then its elements in their order
 */
export function profileChanges({ before, after }: Pair<PinnedStructureDefinition>, sides: Sides): readonly Change[] {
  const current = after ?? before;
  if (current === undefined) return [];
  const about = { profile: current.url, name: current.name };
  if (before === undefined) {
    return [{ ...about, kind: 'profile-added', impact: 'compatible', sentence: `the profile ${current.name} is new` }];
  }
  if (after === undefined) {
    const sentence = `the profile ${current.name} is gone, and with it all that its module exports`;
    return [{ ...about, kind: 'profile-removed', impact: 'breaking', sentence }];
  }
  const facts = headChanges(before, after, sides);
  const changes: Change[] = facts.map((fact) => ({ ...about, ...fact }));
  // The elements of another type are others: nothing can be compared.
  if (before.type !== after.type) return changes;
  for (const [element, more] of walk(before, after, sides)) {
    for (const fact of more) changes.push({ ...about, element, ...fact });
  }
  return changes;
}

function headChanges(
  before: PinnedStructureDefinition,
  after: PinnedStructureDefinition,
  sides: Sides,
): readonly ChangeFact[] {
  const facts: ChangeFact[] = [];
  if (before.name !== after.name) {
    const sentence = `the profile ${before.name} is called ${after.name}: all that its module exports has other names`;
    facts.push({ kind: 'profile-renamed', impact: 'breaking', before: before.name, after: after.name, sentence });
  }
  if (before.url !== after.url) {
    const isExtension = after.type === 'Extension';
    const sentence = isExtension
      ? `the extension ${after.name} has another url: data with the old one no longer counts`
      : `the profile ${after.name} has another canonical: meta.profile names the new one`;
    const impact = isExtension ? 'breaking' : 'compatible';
    facts.push({ kind: 'profile-canonical', impact, before: before.url, after: after.url, sentence });
  }
  const [from, to] = [packageName(before), packageName(after)];
  if (from !== to && !sides.isRenamedPackage(from, to)) {
    const sentence = `the profile ${after.name} has moved to another package: the path of its module is another`;
    facts.push({ kind: 'profile-moved', impact: 'breaking', before: from, after: to, sentence });
  }
  if (before.type !== after.type) {
    const sentence = `the profile ${after.name} is one of ${after.type}, no longer of ${before.type}`;
    facts.push({ kind: 'profile-type', impact: 'breaking', before: before.type, after: after.type, sentence });
  }
  if (before.abstract !== after.abstract) {
    const is = after.abstract === true;
    const sentence = `the profile ${after.name} ${is ? 'became abstract: only profiles of it are used' : 'is no longer abstract'}`;
    const both = { before: String(!is), after: String(is) };
    facts.push({ kind: 'profile-abstract', impact: is ? 'breaking' : 'compatible', ...both, sentence });
  }
  return [...facts, ...baseChange(before, after, sides)];
}

/** Whoever takes a resource for one of the old base may do so as long as that is among the ancestors. */
function baseChange(
  before: PinnedStructureDefinition,
  after: PinnedStructureDefinition,
  sides: Sides,
): readonly ChangeFact[] {
  const old = before.baseDefinition === undefined ? undefined : sides.translate(before.baseDefinition);
  const [next, ...rest] = after.baseDefinition === undefined ? [] : sides.after.lineage(after.baseDefinition);
  if (old === next || old === undefined || next === undefined) return [];
  const both = { before: sides.nameOf(old), after: sides.nameOf(next) };
  const sentence = `the profile ${after.name} stands on ${both.after} in place of ${both.before}`;
  return [{ kind: 'profile-base', impact: rest.includes(old) ? 'compatible' : 'breaking', ...both, sentence }];
}

/** The elements that either snapshot spells out, in the order of the new one; below what came or went, none. */
function walk(
  before: PinnedStructureDefinition,
  after: PinnedStructureDefinition,
  sides: Sides,
): readonly (readonly [id: string, facts: readonly ChangeFact[]])[] {
  const ids = new Set([...after.elements, ...before.elements].map(({ id }) => id));
  const found: [string, readonly ChangeFact[]][] = [];
  const closed = new Set<string>();
  for (const id of ids) {
    if (ancestors(id).some((ancestor) => closed.has(ancestor))) continue;
    const old = sides.before.of(before, id);
    const next = sides.after.of(after, id);
    if (old !== undefined && next !== undefined) {
      if (id.includes('.') && maxOf(next) === 0) closed.add(id);
      found.push([id, elementChanges(id, old, next, sides)]);
    } else if (old !== undefined || next !== undefined) {
      closed.add(id);
      found.push([id, oneSided(id, old, next)]);
    }
  }
  return found.filter(([, facts]) => facts.length > 0);
}

function oneSided(id: string, before: PinnedElement | undefined, after: PinnedElement | undefined): ChangeFact[] {
  if (/:[^.]*$/.test(id)) return sliceChange(id, before, after);
  if (after === undefined) {
    return [{ kind: 'element-removed', impact: 'breaking', sentence: `there is no longer an element ${id}` }];
  }
  const must = after.min > 0;
  const sentence = `there is a new element ${id}${must ? ', and it is required' : ''}`;
  return [{ kind: 'element-added', impact: must ? 'breaking' : 'compatible', sentence }];
}

/** `A.b:c/d.e` stands below `A`, `A.b`, `A.b:c` and `A.b:c/d`. */
function ancestors(id: string): readonly string[] {
  return [...id.matchAll(/[.:/]/g)].map((match) => id.slice(0, match.index));
}

function packageName(definition: PinnedStructureDefinition): string {
  return definition.package.split('#')[0] ?? definition.package;
}

import type { PinnedElement, PinnedSlicing } from '../pin/snapshot.js';
import type { ChangeFact } from './change.js';
import { cardinality, maxOf } from './cardinality.js';
import { listed } from '../facts/list.js';

/**
 * How the slicing of an element changed (FHIR R4, Profiling FHIR, "Slicing"). Which slices there are is told slice by
 * slice.
 *
 * @param id of the sliced element, for sentences
 * @param before the element in the old snapshot
 * @param after the element in the new snapshot
 */
export function slicingChanges(id: string, before: PinnedElement, after: PinnedElement): ChangeFact[] {
  const old = before.slicing;
  const next = after.slicing;
  const facts: ChangeFact[] = [];
  const both = { before: old?.rules ?? 'none', after: next?.rules ?? 'none' };
  const wasClosed = old?.rules === 'closed';
  if (next?.rules === 'closed' && !wasClosed) {
    const sentence = `${id} must have only items that belong to its slices`;
    facts.push({ kind: 'slicing-rules', impact: 'breaking', ...both, sentence });
  } else if (wasClosed && next?.rules !== 'closed') {
    const sentence = `${id} may have items that belong to no slice: whoever reads it must expect them`;
    facts.push({ kind: 'slicing-rules', impact: 'breaking', ...both, sentence });
  } else if (old !== undefined && next !== undefined && old.rules !== next.rules) {
    const atEnd = next.rules === 'openAtEnd';
    const sentence = `${id} may have items that belong to no slice ${atEnd ? 'only at its end' : 'anywhere'}`;
    facts.push({ kind: 'slicing-rules', impact: atEnd ? 'breaking' : 'compatible', ...both, sentence });
  }
  if (old === undefined || next === undefined) return facts;
  if (old.ordered !== next.ordered) {
    const sentence = `the slices of ${id} ${next.ordered === true ? 'must stand in their order' : 'may stand in any order'}`;
    const impact = next.ordered === true ? 'breaking' : 'compatible';
    const order = { before: orderOf(old), after: orderOf(next) };
    facts.push({ kind: 'slicing-order', impact, ...order, sentence });
  }
  const discriminators = { before: discriminatorsOf(old), after: discriminatorsOf(next) };
  if (discriminators.before !== discriminators.after) {
    const sentence = `the slices of ${id} are told apart by ${discriminators.after} in place of ${discriminators.before}`;
    facts.push({ kind: 'slicing-discriminators', impact: 'breaking', ...discriminators, sentence });
  }
  return facts;
}

/**
 * A slice that is in one snapshot only.
 *
 * @param id of the slice
 * @param before the slice, when it is gone
 * @param after the slice, when it is new
 */
export function sliceChange(
  id: string,
  before: PinnedElement | undefined,
  after: PinnedElement | undefined,
): ChangeFact[] {
  if (after !== undefined) {
    const is = cardinality(after);
    const rest = { kind: 'slice-added' as const, after: is };
    if (maxOf(after) === 0)
      return [{ ...rest, impact: 'breaking', sentence: `items of the new slice ${id} are forbidden` }];
    return after.min > 0
      ? [{ ...rest, impact: 'breaking', sentence: `there is a new slice ${id}, and it is required (${is})` }]
      : [{ ...rest, impact: 'compatible', sentence: `there is a new slice ${id} (${is})` }];
  }
  if (before === undefined) return [];
  const was = cardinality(before);
  const rest = { kind: 'slice-removed' as const, before: was };
  if (maxOf(before) === 0) {
    return [{ ...rest, impact: 'compatible', sentence: `items of the slice ${id} are no longer forbidden` }];
  }
  const sentence = `the slice ${id} is gone, and with it its reader, its builder method and its key (${was})`;
  return [{ ...rest, impact: 'breaking', sentence }];
}

function orderOf(slicing: PinnedSlicing): string {
  return slicing.ordered === true ? 'ordered' : 'unordered';
}

function discriminatorsOf(slicing: PinnedSlicing): string {
  const all = slicing.discriminators.map(({ type, path }) => `${type}:${path}`);
  return all.length === 0 ? 'nothing' : listed(all);
}

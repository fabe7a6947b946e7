import type { PinnedElement } from '../pin/snapshot.js';
import type { ChangeFact } from './change.js';

/**
 * How a cardinality changed (FHIR R4, ElementDefinition.min, max).
 *
 * @param id of the element, for sentences
 * @param before the element in the old snapshot
 * @param after the element in the new snapshot
 * @param isSlice whether it is a slice: builders, readers and `create` name it
 */
export function cardinalityChanges(
  id: string,
  before: PinnedElement,
  after: PinnedElement,
  isSlice: boolean,
): readonly ChangeFact[] {
  const both = { before: cardinality(before), after: cardinality(after) };
  const step = `${both.before} → ${both.after}`;
  const what = isSlice ? `the slice ${id}` : id;
  const wasProhibited = maxOf(before) === 0;
  if (maxOf(after) === 0) {
    if (wasProhibited) return [];
    const sentence = `${what} must no longer be there (${step})`;
    return [{ kind: 'element-prohibited', impact: 'breaking', ...both, sentence }];
  }
  if (wasProhibited) {
    const must = after.min > 0;
    const sentence = must ? `${what} was forbidden and is required (${step})` : `${what} is allowed now (${step})`;
    return [{ kind: 'element-allowed', impact: must ? 'breaking' : 'compatible', ...both, sentence }];
  }
  const facts: ChangeFact[] = [];
  if (isArray(before) !== isArray(after)) {
    const sentence = `${what} ${isArray(after) ? 'became an array' : 'is no longer an array'} in JSON`;
    facts.push({ kind: 'element-array', impact: 'breaking', ...both, sentence });
  }
  if (after.min > before.min) {
    const from = before.min === 0 ? 'became required' : `must be there at least ${after.min} times`;
    const kind = isSlice && before.min === 0 ? 'slice-required' : 'min-raised';
    facts.push({ kind, impact: 'breaking', ...both, sentence: `${what} ${from} (${step})` });
  } else if (after.min < before.min) {
    const to = after.min === 0 ? 'became optional: whoever reads it must expect none' : 'may be there fewer times';
    const kind = isSlice && after.min === 0 ? 'slice-optional' : 'min-lowered';
    facts.push({ kind, impact: 'breaking', ...both, sentence: `${what} ${to} (${step})` });
  }
  return [...facts, ...maxChanges(what, before, after, both, isSlice)];
}

function maxChanges(
  what: string,
  before: PinnedElement,
  after: PinnedElement,
  both: { readonly before: string; readonly after: string },
  isSlice: boolean,
): readonly ChangeFact[] {
  const step = `${both.before} → ${both.after}`;
  if (maxOf(after) < maxOf(before)) {
    const sentence = `${what} may be there fewer times (${step})`;
    return [{ kind: 'max-lowered', impact: 'breaking', ...both, sentence }];
  }
  if (maxOf(after) === maxOf(before)) return [];
  if (maxOf(before) > 1) {
    const sentence = `${what} may be there more often (${step})`;
    return [{ kind: 'max-raised', impact: 'compatible', ...both, sentence }];
  }
  const follows = isSlice ? 'its reader gives a list' : 'builders add it in place of setting it';
  const sentence = `${what} may be there more than once: ${follows} (${step})`;
  return [{ kind: 'max-raised', impact: 'breaking', ...both, sentence }];
}

/**
 * A cardinality in the notation of FHIR: `0..*`.
 *
 * @param element with `min` and `max`
 */
export function cardinality(element: PinnedElement): string {
  return `${element.min}..${element.max}`;
}

/**
 * The upper limit as a number, `Infinity` for `*`.
 *
 * @param element with `max`
 */
export function maxOf(element: PinnedElement): number {
  return element.max === '*' ? Infinity : Number(element.max);
}

/** In JSON, an element is an array when the FHIR type lets it repeat, whatever a profile says of it. */
function isArray(element: PinnedElement): boolean {
  return (element.base?.max ?? element.max) !== '1';
}

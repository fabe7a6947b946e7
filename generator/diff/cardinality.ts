import { NARROWER_TYPE, OTHER_TYPE, SAFE, STRICTER_RULE, typeVerdicts, WIDER_TYPE } from '../facts/verdict.js';
import type { Verdicts } from '../facts/fact.js';
import { cardinality } from '../fhir/cardinality.js';
import type { ChangeFact } from './change.js';
import type { ElementView } from './side.js';

/** The number of items of an array that types list; the validator checks the rest. */
const TUPLE_LIMIT = 8;

/**
 * How a cardinality changed (FHIR R4, ElementDefinition.min, max).
 *
 * @param id of the element, for sentences
 * @param before the element on the old side
 * @param after the element on the new side
 * @param isSlice whether it is a slice: builders, readers and `create` name it
 */
export function cardinalityChanges(
  id: string,
  before: ElementView,
  after: ElementView,
  isSlice: boolean,
): readonly ChangeFact[] {
  const both = { before: cardinalityOf(before), after: cardinalityOf(after) };
  const step = `${both.before} → ${both.after}`;
  const what = isSlice ? `the slice ${id}` : id;
  if (after.max === 0) {
    if (before.max === 0) return [];
    const verdicts = typeVerdicts(true, before.min > 0);
    return [{ kind: 'element-prohibited', ...verdicts, ...both, sentence: `${what} is now prohibited (${step})` }];
  }
  if (before.max === 0) {
    const must = after.min > 0;
    const sentence = must ? `${what} was prohibited and is now required (${step})` : `${what} is now allowed (${step})`;
    return [{ kind: 'element-allowed', ...typeVerdicts(must, true), ...both, sentence }];
  }
  const facts: ChangeFact[] = [];
  if (before.base.array !== after.base.array) {
    const sentence = `${what} ${after.base.array ? 'became an array' : 'is no longer an array'} in JSON`;
    facts.push({ kind: 'element-array', ...OTHER_TYPE, ...both, sentence });
  }
  // What required slices add up to is reported slice by slice.
  const isBySlices = after.min - before.min === requiredBySlices(after) - requiredBySlices(before);
  if (isBySlices) return [...facts, ...maxChanges(what, before, after, both, isSlice)];
  if (after.min > before.min) {
    const from = before.min === 0 ? 'became required' : `must occur at least ${after.min} times`;
    const kind = isSlice && before.min === 0 ? 'slice-required' : 'min-raised';
    const verdicts = shownMin(before.min) === shownMin(after.min) ? STRICTER_RULE : NARROWER_TYPE;
    facts.push({ kind, ...verdicts, ...both, sentence: `${what} ${from} (${step})` });
  } else if (after.min < before.min) {
    const to = after.min === 0 ? 'became optional: readers must expect its absence' : 'may occur fewer times';
    const kind = isSlice && after.min === 0 ? 'slice-optional' : 'min-lowered';
    const verdicts = shownMin(before.min) === shownMin(after.min) ? SAFE : WIDER_TYPE;
    facts.push({ kind, ...verdicts, ...both, sentence: `${what} ${to} (${step})` });
  }
  return [...facts, ...maxChanges(what, before, after, both, isSlice)];
}

function requiredBySlices({ slicing }: ElementView): number {
  return (slicing?.slices ?? []).reduce((sum, slice) => sum + slice.item.min, 0);
}

function maxChanges(
  what: string,
  before: ElementView,
  after: ElementView,
  both: { readonly before: string; readonly after: string },
  isSlice: boolean,
): readonly ChangeFact[] {
  if (after.max === before.max) return [];
  const step = `${both.before} → ${both.after}`;
  const isShown = shownMax(before, isSlice) !== shownMax(after, isSlice);
  if (after.max < before.max) {
    // The reader of the slice returned a list and now returns one item.
    const verdicts: Verdicts = isSlice && after.max === 1 ? OTHER_TYPE : isShown ? NARROWER_TYPE : STRICTER_RULE;
    return [{ kind: 'max-lowered', ...verdicts, ...both, sentence: `${what} may occur fewer times (${step})` }];
  }
  const follows = isSlice ? 'its reader returns a list' : 'builders add it instead of setting it';
  const sentence =
    before.max > 1
      ? `${what} may occur more times (${step})`
      : `${what} may occur more than once: ${follows} (${step})`;
  return [{ kind: 'max-raised', ...(isShown ? WIDER_TYPE : SAFE), ...both, sentence }];
}

/** The lower bound that the type of an array shows: beyond the limit, it only requires one item. */
function shownMin(min: number): number {
  return min > TUPLE_LIMIT ? 0 : min;
}

/** The upper bound that a type shows: a slice shows whether it repeats, an element any bound up to the limit. */
function shownMax({ max }: ElementView, isSlice: boolean): number {
  return max > (isSlice ? 1 : TUPLE_LIMIT) ? Infinity : max;
}

function cardinalityOf({ min, max }: ElementView): string {
  return cardinality(min, max);
}

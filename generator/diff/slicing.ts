import { NARROWER_TYPE, OTHER_TYPE, SAFE, STRICTER_RULE, UNKNOWN, WIDER_TYPE } from '../facts/verdict.js';
import { byCodeUnit } from '../order.js';
import { cardinality } from '../fhir/cardinality.js';
import type { ResolvedSlice, ResolvedSlicing } from '../model/resolved.js';
import type { ChangeFact } from './change.js';

/** The slices that a guide names, by name. */
export type NamedSlices = ReadonlyMap<string, ResolvedSlice>;

/**
 * The slices that a guide names.
 *
 * @param slices the slices of an element, or of a resliced slice
 */
export function namedSlices(slices: readonly ResolvedSlice[] = []): NamedSlices {
  return new Map(slices.filter((slice) => slice.isNamed).map((slice) => [slice.name, slice]));
}

/**
 * How the slicing of an element changed (FHIR R4, Profiling FHIR, "Slicing"). Added and removed slices are reported one
 * by one.
 *
 * @param id of the sliced element, for sentences
 * @param old its slicing on the old side
 * @param next its slicing on the new side
 */
export function slicingChanges(
  id: string,
  old: ResolvedSlicing | undefined,
  next: ResolvedSlicing | undefined,
): ChangeFact[] {
  const facts: ChangeFact[] = [];
  const both = { before: old?.rules ?? 'none', after: next?.rules ?? 'none' };
  const [tookOthers, takesOthers] = [old?.rules !== 'closed', next?.rules !== 'closed'];
  if (tookOthers && !takesOthers) {
    const sentence = `${id} must have only items that belong to its slices`;
    facts.push({ kind: 'slicing-rules', ...NARROWER_TYPE, ...both, sentence });
  } else if (!tookOthers && takesOthers) {
    const sentence = `${id} may have items that belong to no slice: readers must expect them`;
    facts.push({ kind: 'slicing-rules', ...WIDER_TYPE, ...both, sentence });
  } else if (old !== undefined && next !== undefined && old.rules !== next.rules) {
    const atEnd = next.rules === 'openAtEnd';
    const sentence = `${id} may have items that belong to no slice ${atEnd ? 'only at its end' : 'anywhere'}`;
    facts.push({ kind: 'slicing-rules', ...(atEnd ? STRICTER_RULE : SAFE), ...both, sentence });
  }
  facts.push(...prohibitedChanges(id, old, next));
  if (old === undefined || next === undefined) return facts;
  if (old.ordered !== next.ordered) {
    const sentence = `the slices of ${id} ${next.ordered ? 'must be in their order' : 'may be in any order'}`;
    const order = { before: orderOf(old), after: orderOf(next) };
    facts.push({ kind: 'slicing-order', ...(next.ordered ? STRICTER_RULE : SAFE), ...order, sentence });
  }
  return [...facts, ...requiredOrderChange(id, old, next)];
}

/** In the type, the items of required slices come first, in the order of the slices. */
function requiredOrderChange(id: string, old: ResolvedSlicing, next: ResolvedSlicing): ChangeFact[] {
  const [was, is] = [requiredNames(old), requiredNames(next)];
  const common = (names: readonly string[], others: readonly string[]) =>
    names.filter((name) => others.includes(name)).join(', ');
  const both = { before: common(was, is), after: common(is, was) };
  if (both.before === both.after) return [];
  const sentence = `the required slices of ${id} have another order: ${both.after} (previously ${both.before})`;
  return [{ kind: 'slice-order', ...OTHER_TYPE, ...both, sentence }];
}

function requiredNames({ slices }: ResolvedSlicing): readonly string[] {
  return slices.filter((slice) => slice.isNamed && slice.item.min > 0).map((slice) => slice.name);
}

/** Slices that may have no items: they have no reader and no type. */
function prohibitedChanges(
  id: string,
  old: ResolvedSlicing | undefined,
  next: ResolvedSlicing | undefined,
): ChangeFact[] {
  const isKnown = (slicing: ResolvedSlicing | undefined, name: string): boolean =>
    slicing?.slices.some((slice) => slice.name === name) === true || slicing?.prohibited.includes(name) === true;
  const added = (next?.prohibited ?? []).filter((name) => !isKnown(old, name));
  const removed = (old?.prohibited ?? []).filter((name) => !isKnown(next, name));
  return [
    ...added.map((name): ChangeFact => ({
      kind: 'slice-added',
      ...STRICTER_RULE,
      after: '0..0',
      sentence: `items of the new slice ${id}:${name} are prohibited`,
    })),
    ...removed.map((name): ChangeFact => ({
      kind: 'slice-removed',
      ...SAFE,
      before: '0..0',
      sentence: `items of the slice ${id}:${name} are no longer prohibited`,
    })),
  ];
}

/**
 * A slice that is on one side only, or may have items on one side only.
 *
 * @param id of the slice
 * @param before the slice, when it was removed
 * @param after the slice, when it is new
 * @param old slicing of the old side
 * @param next slicing of the new side
 */
export function sliceChange(
  id: string,
  before: ResolvedSlice | undefined,
  after: ResolvedSlice | undefined,
  old: ResolvedSlicing | undefined,
  next: ResolvedSlicing | undefined,
): ChangeFact[] {
  if (after !== undefined) {
    const is = cardinality(after.item.min, after.item.max);
    if (old?.prohibited.includes(after.name) === true) {
      const verdicts = after.item.min > 0 ? NARROWER_TYPE : SAFE;
      const sentence = `items of the slice ${id} are now allowed (0..0 → ${is})`;
      return [{ kind: 'element-allowed', ...verdicts, before: '0..0', after: is, sentence }];
    }
    if (after.item.min > 0) {
      const sentence = `the slice ${id} is new and required (${is})`;
      return [{ kind: 'slice-added', ...NARROWER_TYPE, after: is, sentence }];
    }
    // In a closed slicing, items of a new slice become allowed; elsewhere they were allowed and now have to conform.
    const verdicts = old?.rules === 'closed' ? WIDER_TYPE : STRICTER_RULE;
    const sentence = `the slice ${id} is new (${is})`;
    return [{ kind: 'slice-added', ...verdicts, after: is, sentence }];
  }
  if (before === undefined) return [];
  const was = cardinality(before.item.min, before.item.max);
  if (next?.prohibited.includes(before.name) === true) {
    const sentence = `items of the slice ${id} are now prohibited; its reader, builder method and key were removed (${was} → 0..0)`;
    return [{ kind: 'element-prohibited', ...OTHER_TYPE, before: was, after: '0..0', sentence }];
  }
  const sentence = `the slice ${id} was removed, with its reader, builder method and key (${was})`;
  return [{ kind: 'slice-removed', ...OTHER_TYPE, before: was, sentence }];
}

/**
 * The change for a renamed slice.
 *
 * @param id of the slice on the new side
 * @param before its name on the old side
 */
export function sliceRenamed(id: string, before: string): ChangeFact {
  const after = id.slice(Math.max(id.lastIndexOf(':'), id.lastIndexOf('/')) + 1);
  const sentence = `the slice ${id} was renamed from ${before}: use the reader, writer, builder method and key with the new name`;
  return { kind: 'slice-renamed', ...OTHER_TYPE, before, after, sentence };
}

/**
 * How the items of a slice are identified, if that changed. Discriminators of type `pattern` and `value` are equivalent
 * where the value is the same; another value is reported at its element.
 *
 * @param id of the slice
 * @param before the slice on the old side
 * @param after the slice on the new side
 */
export function discriminatorChange(id: string, before: ResolvedSlice, after: ResolvedSlice): ChangeFact[] {
  const both = { before: testsOf(before), after: testsOf(after) };
  if (both.before === both.after) return [];
  const isKnown = before.isDecidable && after.isDecidable;
  const sentence = `items of the slice ${id} are identified by ${both.after} instead of ${both.before}`;
  const verdicts = isKnown ? ({ write: 'breaks-validation', read: 'breaks-validation' } as const) : UNKNOWN;
  return [{ kind: 'slicing-discriminators', ...verdicts, ...both, sentence }];
}

function testsOf({ tests }: ResolvedSlice): string {
  return tests.length === 0
    ? 'nothing'
    : [...new Set(tests.map(({ kind, at }) => `${kind}:${at}`))].sort(byCodeUnit).join(', ');
}

function orderOf({ ordered }: ResolvedSlicing): string {
  return ordered ? 'ordered' : 'unordered';
}

import type { Json } from '../fhir/json.js';
import type { SliceModel, SliceTestModel, ValueTest } from './model.js';

/**
 * A guide need not constrain each part of a composite discriminator in each slice (FHIR R4, Profiling FHIR,
 * "Discriminator"): the constrained parts decide where no other slice can have the same item.
 *
 * @param slices of an element, with their tests
 * @param isUnstated whether a slice has no constraint at a path, as opposed to one that cannot be decided
 * @returns the slices, without undecidable tests that are not needed
 */
export function withPartsThatSuffice(
  slices: readonly SliceModel[],
  isUnstated: (slice: SliceModel, at: string) => boolean,
): readonly SliceModel[] {
  return slices.map((slice) => {
    const stated = slice.tests.filter((one) => one.kind !== 'undecidable');
    const isLeftOpen = slice.tests.every((one) => one.kind !== 'undecidable' || isUnstated(slice, one.at));
    if (stated.length === 0 || stated.length === slice.tests.length || !isLeftOpen) return slice;
    const suffices = slices.every((other) => other === slice || isExclusive(stated, other.tests));
    return suffices ? { ...slice, tests: stated } : slice;
  });
}

function isExclusive(some: readonly SliceTestModel[], others: readonly SliceTestModel[]): boolean {
  return some.some((one) => others.some((other) => one.at === other.at && excludes(one, other)));
}

function excludes(one: SliceTestModel, other: SliceTestModel): boolean {
  if (one.kind === 'value' && other.kind === 'value') return contradicts(one.is, other.is);
  if (one.kind === 'exists' && other.kind === 'exists') return one.exists !== other.exists;
  if (one.kind === 'type' && other.kind === 'type') return !one.types.some((type) => other.types.includes(type));
  return false;
}

function contradicts(one: ValueTest, other: ValueTest): boolean {
  if (one.anyOf !== undefined) return one.anyOf.every((each) => contradicts(each, other));
  if (other.anyOf !== undefined) return contradicts(other, one);
  const [left, right] = [one.fixed ?? one.pattern, other.fixed ?? other.pattern];
  if (left !== undefined && right !== undefined) return differs(left, right);
  return Object.entries(one.children ?? {}).some(([name, child]) => {
    const same = Object.hasOwn(other.children ?? {}, name) ? other.children?.[name] : undefined;
    return same !== undefined && contradicts(child, same);
  });
}

/** Whether two values differ where both have a member. */
function differs(one: Json, other: Json): boolean {
  if (isJsonArray(one) && isJsonArray(other)) return one.every((item) => other.every((each) => differs(item, each)));
  if (isJsonArray(one) || isJsonArray(other) || one === null || other === null) return one !== other;
  if (typeof one !== 'object' || typeof other !== 'object') return one !== other;
  return Object.entries(one).some(([name, item]) => {
    const same = Object.hasOwn(other, name) ? other[name] : undefined;
    return same !== undefined && differs(item, same);
  });
}

/** Whether a JSON value is an array. */
export function isJsonArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

import type { Comment } from '../emit/comment.js';
import { arrayOf, intersection, keyword, type Member, objectType, type Type, union } from '../emit/type.js';
import type { ResolvedElement } from '../model/resolved.js';
import { briefComment } from './comment.js';
import type { RenderContext } from './context.js';
import { runtimeType } from './scope.js';
import type { SliceTypes } from './slice-types.js';
import { leading, plain, requiredItems, TUPLE_LIMIT } from './tuple.js';
import { distinctUnion } from './type-pair.js';

/** The key of the items of no slice. */
const OTHERS = 'others';

/**
 * The input of `create` for a sliced array: the slices by key, and the rest.
 *
 * @param context all value sets
 * @param slices that the guide names
 * @param others type of an item that belongs to no slice; absent where every item has to be in one
 * @param missing the number of items that the array needs beyond those of required slices: one may be of any
 *   other slice, more have no type
 * @returns one type, or none
 */
export function keyedInput(
  context: RenderContext,
  slices: readonly SliceTypes[],
  others: Type | undefined,
  missing: number,
): Type[] {
  if (missing > 1) return [];
  const members = slices.map((one): Member => {
    const optional = one.slice.item.min === 0 || one.slice.isFilled;
    return member([briefComment(context, one.slice.item)], one.key, optional, inputType(context, one));
  });
  if (others !== undefined) {
    const rest = missing > 0 ? plain(others, 1, Infinity) : arrayOf(others);
    members.push(member([context.words.noSlice], OTHERS, true, rest));
  }
  if (missing <= 0) return [objectType(members.map(withUndefined))];
  const required = members.filter((one) => one.optional !== true);
  const some = members.filter((one) => one.optional === true).map((one): Member => ({ ...one, optional: false }));
  const choice = runtimeType('SomeOf', objectType(some));
  return [required.length === 0 ? choice : intersection([objectType(required), choice])];
}

function member(doc: Comment, key: string, optional: boolean, type: Type): Member {
  return { doc, key, optional, type };
}

function withUndefined(one: Member): Member {
  return one.optional === true ? { ...one, type: union([one.type, keyword('undefined')]) } : one;
}

function inputType(context: RenderContext, one: SliceTypes): Type {
  const { input, slice } = one;
  const own = oneOrMore(input, slice.item);
  const named = one.inner.filter((inner) => inner.slice.isNamed);
  if (named.length === 0) return own;
  const covered = named.reduce((sum, inner) => sum + inner.slice.item.min, 0);
  const keyed = keyedInput(context, named, input, slice.item.min - covered);
  return union([covered > 0 && keyed.length > 0 ? ofReslices(one) : own, ...keyed]);
}

/** Items of a slice that has to have items of its re-slices: these come first, as in an array literal. */
function ofReslices(one: SliceTypes): Type {
  const required = requiredItems(one);
  const { min, max } = one.slice.item;
  const array = union(leading(required, one.input, min, Math.max(max, required.length)).tuples);
  const [only, ...others] = required;
  if (only === undefined || others.length > 0) return array;
  return max === 1 ? only : distinctUnion([only, array]);
}

/** One item, or as many as a slice may have. */
function oneOrMore(input: Type, { min, max }: ResolvedElement): Type {
  if (max === 1) return input;
  if (min <= 1 && max > TUPLE_LIMIT) return runtimeType('OneOrMore', input);
  const array = plain(input, Math.max(min, 1), max);
  return min > 1 ? array : distinctUnion([input, array]);
}

/**
 * The parameter of a builder method for one item of a slice: an item of no re-slice is not enough where one is
 * required.
 *
 * @param one slice
 */
export function itemInput(one: SliceTypes): Type {
  const required = one.inner.filter((inner) => inner.slice.isNamed).flatMap(requiredItems);
  return required.length > 0 ? distinctUnion(required) : one.input;
}

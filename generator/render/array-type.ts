import { intersection, keyword, literals, tuple, type Type, union } from '../emit/type.js';
import type { ResolvedElement, ResolvedSlice } from '../model/resolved.js';
import { itemType } from './item-type.js';
import { keyedInput } from './slice-input.js';
import type { ArrayTypes, SliceTypes } from './slice-types.js';
import { leading, plain, requiredItems, TUPLE_LIMIT } from './tuple.js';
import { fhirType, runtimeType, type TypeScope } from './scope.js';
import { combined, distinctUnion } from './type-pair.js';

/**
 * The number of leading items for which the runtime types the items after them, so that compilers explain an error in
 * one of those.
 */
const ITEMS_FROM = 8;

/**
 * The type of an array element.
 *
 * An array literal starts with the items of required slices, in slice order. Any other order is valid too, so a second
 * member of the union accepts it, with a phantom key that only guards, `create` and builders produce.
 *
 * @param scope of the module
 * @param element of a profile
 * @param self how the type can be named, where it is declared
 */
export function arrayTypes(scope: TypeScope, element: ResolvedElement, self?: Type): ArrayTypes {
  const { slicing, min, max } = element;
  if (slicing === undefined) {
    const others = itemType(scope, element);
    return { pair: combined([others], ([item]) => plain(item ?? keyword('never'), min, max)), others, slices: [] };
  }
  const others = itemType(scope, slicing.others);
  const slices = slicing.slices.map((slice) => sliceTypes(scope, slice));
  const type = slicedType(element, others.type, slices);
  const named = slices.filter((one) => one.slice.isNamed);
  if (named.length === 0) return { pair: { type, input: type }, others, slices: [] };
  const covered = named.reduce((sum, one) => sum + one.slice.item.min, 0);
  const keyed = keyedInput(scope.context, named, slicing.takesOthers ? others.input : undefined, min - covered);
  return { pair: { type, input: union([...keyed, self ?? type]) }, others, slices: named };
}

function sliceTypes(scope: TypeScope, slice: ResolvedSlice): SliceTypes {
  const pair = itemType(scope, slice.item);
  const bare = slice.bare === undefined ? undefined : itemType(scope, slice.bare).input;
  return {
    slice,
    pair,
    key: scope.names.slices.get(slice.id) ?? slice.name,
    input: bare === undefined ? pair.input : distinctUnion([bare, pair.input]),
    inner: slice.slices.map((one) => sliceTypes(scope, one)),
  };
}

function withInner(one: SliceTypes): SliceTypes[] {
  return [...one.inner.flatMap(withInner), one];
}

function slicedType(element: ResolvedElement, others: Type, slices: readonly SliceTypes[]): Type {
  const closed = element.slicing?.rules === 'closed';
  const all = slices.flatMap(withInner);
  const members = all.map((one) => one.pair.type);
  const item = closed && members.length > 0 ? distinctUnion(members) : anyItem(members, others);
  const sum = slices.reduce((total, one) => total + one.slice.item.max, 0);
  const max = closed ? Math.min(element.max, sum) : element.max;
  const required = slices.flatMap(requiredItems);
  if (required.length === 0 || required.length > TUPLE_LIMIT) return plain(item, element.min, max);
  const literal = leading(required, item, element.min, Math.max(max, required.length));
  const demanding = all.filter((one) => one.slice.item.min > 0);
  // A single item that has to be in the slice leaves no other order.
  if (max === 1 && demanding.every((one) => one.slice.isDecidable)) return union(literal.tuples);
  const filled = Math.max(required.length, element.min);
  const names = literals([...new Set(demanding.map((one) => label(one.slice)))]);
  const [only] = required;
  if (only !== undefined && filled === 1 && literal.isOpen) return runtimeType('SlicedArray', names, only, item);
  if (literal.isOpen && filled <= ITEMS_FROM) return runtimeType('SlicedTuple', names, tuple(literal.first), item);
  const has = runtimeType('HasSlice', names);
  const anyOrder = plain(item, Math.max(element.min, required.length), Math.max(max, required.length));
  // Compilers cut the first line of a message, so it begins with the slice. Of two equally good types they explain the
  // last one: the error in the item where the slice should be.
  return union([intersection([has, anyOrder]), ...literal.tuples]);
}

/** An item of a slice or of none. A coding mentions the codes of slices, which are its codes too. */
function anyItem(members: readonly Type[], others: Type): Type {
  const isCoding = others.kind === 'reference' && JSON.stringify(others) === JSON.stringify(fhirType('Coding'));
  if (!isCoding || members.length === 0) return distinctUnion([...members, others]);
  return runtimeType('AnyCoding', distinctUnion(members));
}

/** The name of an unnamed slice in compiler messages: its code. */
function label({ name, tests }: ResolvedSlice): string {
  if (name !== '') return name;
  const [test] = tests;
  const pattern = test?.kind === 'value' ? test.is.pattern : undefined;
  const has = typeof pattern === 'object' && pattern !== null && !Array.isArray(pattern) ? pattern : {};
  const parts = ['system' in has ? has['system'] : undefined, 'code' in has ? has['code'] : undefined];
  const text = parts.filter((one) => typeof one === 'string').join('|');
  return text === '' ? 'pattern' : text;
}

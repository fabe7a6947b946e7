import { sliceItem } from '../model/effective.js';
import type { ElementModel, SliceModel } from '../model/model.js';
import { sliceKeys } from '../names/names.js';
import { isNamed } from '../model/completion.js';
import { isFilledSlice } from '../model/filled.js';
import { bareType } from './bare.js';
import { RUNTIME } from './context.js';
import { itemType } from './item-type.js';
import { stringLiteral } from './literal.js';
import { elementDoc } from './member-doc.js';
import { parenthesized, union, type MemberView, type TypePair, type TypeScope } from './type-scope.js';

/** Tuples longer than this are not spelled out; the validator counts. */
const TUPLE_LIMIT = 8;

/** The runtime has types for the items behind so many. */
const ITEMS_FROM = 8;

/** A slice with the types of its items. */
export interface SliceTypes {
  readonly slice: SliceModel;
  /** The items, with all that holds for them. */
  readonly item: ElementModel;
  readonly pair: TypePair;
  /** Key in the input of `create`. */
  readonly key: string;
  /** `create` writes its item when none is given. */
  readonly written: boolean;
  /** Type of the bare value that stands for an item, if there is one. */
  readonly bare?: string;
  /** Its re-slices, whose items are items of the slice too. */
  readonly inner: readonly SliceTypes[];
}

/** The types of an array, and those of its items. */
export interface ArrayTypes {
  readonly pair: TypePair;
  /** Items that belong to no slice. */
  readonly others: TypePair;
  readonly slices: readonly SliceTypes[];
}

/**
 * The type of an array element.
 *
 * An array literal puts first, in slice order, what required slices demand. Every other order is right as well, so a
 * second member of the union takes it, with a phantom that only guards, `create` and builders give.
 *
 * @param scope of the module
 * @param element of a profile
 * @param part where it stands, for names
 */
export function arrayTypes(scope: TypeScope, element: ElementModel, part: string): ArrayTypes {
  const { slicing, ...unsliced } = element;
  const others = itemType(scope, unsliced, part);
  if (slicing === undefined) {
    const { min, max } = element;
    return { pair: { type: plain(others.type, min, max), input: plain(others.input, min, max) }, others, slices: [] };
  }
  const slices = sliceTypes(scope, element, slicing.slices, part);
  const type = slicedType(scope, element, others.type, slices);
  const named = slices.filter((one) => isNamed(one.slice));
  if (named.length === 0) return { pair: { type, input: type }, others, slices: [] };
  const covered = named.reduce((sum, one) => sum + one.slice.element.min, 0);
  const keyed = keyedType(scope, named, slicing.rules === 'closed' ? undefined : others.input, element.min - covered);
  const input = keyed === undefined ? type : `${keyed} | ${parenthesized(type)}`;
  return { pair: { type, input }, others, slices: named };
}

/** Slices that can have items. */
function sliceTypes(scope: TypeScope, sliced: ElementModel, slices: readonly SliceModel[], part: string): SliceTypes[] {
  const live = slices.filter((slice) => slice.element.max > 0);
  const named = live.filter(isNamed);
  const keys = sliceKeys(named.map((slice) => slice.name));
  return live.map((slice) => {
    const { slicing: reslicing, ...item } = sliceItem(sliced, slice, scope.context);
    const at = `${part}.${slice.name === '' ? 'item' : slice.name}`;
    const bare = bareType(scope, item, `${at}.value`);
    return {
      slice,
      item,
      pair: itemType(scope, item, at),
      key: keys[named.indexOf(slice)] ?? slice.name,
      written: isFilledSlice(sliced, slice, scope.context),
      ...(bare === undefined ? {} : { bare: bare.type }),
      inner: reslicing === undefined ? [] : sliceTypes(scope, item, reslicing.slices, at),
    };
  });
}

/** Items that have to be there: of a slice's required re-slices, then of the slice itself as far as these leave it. */
function requiredItems(one: SliceTypes): string[] {
  const inner = one.inner.flatMap(requiredItems);
  return [...inner, ...repeat(one.pair.type, one.slice.element.min - inner.length)];
}

function withInner(one: SliceTypes): SliceTypes[] {
  return [...one.inner.flatMap(withInner), one];
}

function slicedType(scope: TypeScope, element: ElementModel, others: string, slices: readonly SliceTypes[]): string {
  const closed = element.slicing?.rules === 'closed';
  const all = slices.flatMap(withInner);
  const members = all.map((one) => one.pair.type);
  const item = closed && members.length > 0 ? union(members) : anyItem(scope, members, others);
  const sum = slices.reduce((total, one) => total + one.slice.element.max, 0);
  const max = closed ? Math.min(element.max, sum) : element.max;
  const required = slices.flatMap(requiredItems);
  if (required.length === 0 || required.length > TUPLE_LIMIT) return plain(item, element.min, max);
  const literal = leading(required, item, element.min, Math.max(max, required.length));
  const demanding = all.filter((one) => one.slice.element.min > 0);
  const isDecidable = demanding.every((one) => one.slice.tests.every((test) => test.kind !== 'undecidable'));
  // A single item that has to be in the slice leaves no other order.
  if (max === 1 && isDecidable) return literal;
  const filled = Math.max(required.length, element.min);
  const named = demanding.map((one) => stringLiteral(label(one.slice)));
  const has = `${scope.imports.type(RUNTIME, 'HasSlice')}<${[...new Set(named)].join(' | ')}>`;
  const anyOrder = plain(item, Math.max(element.min, required.length), Math.max(max, required.length));
  // Compilers cut the first line of a message, so it begins with the slice; of two types that are as good they explain
  // the last: what is wrong with the item where the slice should be.
  return `(${has} & ${parenthesized(anyOrder)}) | ${parenthesized(explained(scope, literal, item, filled))}`;
}

/** An item of a slice or of none. A coding mentions the codes of slices, which are its codes too. */
function anyItem(scope: TypeScope, members: readonly string[], others: string): string {
  if (others !== 'fhir4.Coding' || members.length === 0) return union([...members, others]);
  return `${scope.imports.type(RUNTIME, 'AnyCoding')}<${union(members)}>`;
}

/** An array of any length, in a form in which compilers tell what is wrong with an item behind the first ones. */
function explained(scope: TypeScope, array: string, item: string, filled: number): string {
  if (!array.endsWith('[]]') || filled > ITEMS_FROM) return array;
  return `${parenthesized(array)} & ${scope.imports.type(RUNTIME, `ItemsFrom${filled}`)}<${item}>`;
}

/** What the compiler shall call a slice that the guide did not name: the code that it is about. */
function label(slice: SliceModel): string {
  if (slice.name !== '') return slice.name;
  const [test] = slice.tests;
  const pattern = test?.kind === 'value' ? test.is.pattern : undefined;
  const has = typeof pattern === 'object' && pattern !== null && !Array.isArray(pattern) ? pattern : {};
  const parts = ['system' in has ? has['system'] : undefined, 'code' in has ? has['code'] : undefined];
  const text = parts.filter((one) => typeof one === 'string').join('|');
  return text === '' ? 'pattern' : text;
}

function repeat(type: string, times: number): string[] {
  return Array.from({ length: Math.min(times, TUPLE_LIMIT + 1) }, () => type);
}

/** An array that starts with given items. */
function leading(first: readonly string[], item: string, min: number, max: number): string {
  const filled = [...first, ...repeat(item, min - first.length)];
  if (max - filled.length > TUPLE_LIMIT || max === Infinity)
    return `[${filled.join(', ')}, ...${parenthesized(item)}[]]`;
  const tuples = Array.from({ length: max - filled.length + 1 }, (_, more) => [...filled, ...repeat(item, more)]);
  // The shortest last: of types that are as good compilers explain the last.
  return tuples
    .reverse()
    .map((tuple) => `[${tuple.join(', ')}]`)
    .join(' | ');
}

/**
 * An array by its cardinality: `[T]`, `[T, T] | [T]`, `[T, ...T[]]`, `T[]`.
 * Tuples cannot be readonly, as the arrays of `@types/fhir` are not.
 */
function plain(item: string, min: number, max: number): string {
  if (max <= TUPLE_LIMIT) return leading(repeat(item, Math.max(min, 1)), item, min, Math.max(max, min, 1));
  if (min === 0 || min > TUPLE_LIMIT) return `${parenthesized(item)}[]`;
  return leading(repeat(item, min), item, min, Infinity);
}

/**
 * The slices of an array by name, and the rest: what `create` takes.
 *
 * @param missing items that the array has to have beyond those of required slices: one may be of any other slice, more
 *   have no type
 */
function keyedType(
  scope: TypeScope,
  slices: readonly SliceTypes[],
  others: string | undefined,
  missing: number,
): string | undefined {
  if (missing > 1) return undefined;
  const members = slices.map((one): MemberView => ({
    doc: elementDoc(scope, one.slice.element),
    key: one.key,
    optional: one.slice.element.min === 0 || one.written,
    type: sliceInput(scope, one),
  }));
  const rest =
    others === undefined
      ? []
      : [
          {
            doc: [scope.context.words.noSlice],
            key: 'others',
            optional: true,
            type: missing > 0 ? plain(others, 1, Infinity) : `${parenthesized(others)}[]`,
          },
        ];
  const all = [...members, ...rest];
  if (missing <= 0) return objectText(all);
  const some = all.filter((member) => member.optional).map((member) => ({ ...member, optional: false }));
  const required = all.filter((member) => !member.optional);
  const choice = `${scope.imports.type(RUNTIME, 'SomeOf')}<${objectText(some)}>`;
  return required.length === 0 ? choice : `(${objectText(required)} & ${choice})`;
}

function objectText(members: readonly MemberView[]): string {
  const lines = members.map(
    (member) =>
      `/** ${member.doc.join(' ')} */\n${member.key}${member.optional ? '?' : ''}: ${member.type}${member.optional ? ' | undefined' : ''};`,
  );
  return `{\n${lines.join('\n')}\n}`;
}

function sliceInput(scope: TypeScope, one: SliceTypes): string {
  const item = one.bare === undefined ? one.pair.input : union([one.bare, one.pair.input]);
  const own = oneOrMore(scope, item, one.slice.element);
  const named = one.inner.filter((inner) => isNamed(inner.slice));
  if (named.length === 0) return own;
  const covered = named.reduce((sum, inner) => sum + inner.slice.element.min, 0);
  const keyed = keyedType(scope, named, item, one.slice.element.min - covered);
  if (keyed === undefined) return own;
  return `${covered > 0 ? ofReslices(one, item) : own} | ${keyed}`;
}

/** Items of a slice that has to have items of its re-slices: these come first, as in an array literal. */
function ofReslices(one: SliceTypes, item: string): string {
  const required = requiredItems(one);
  const { min, max } = one.slice.element;
  const array = leading(required, item, min, Math.max(max, required.length));
  const [only, ...others] = required;
  return only === undefined || others.length > 0 ? array : union(max === 1 ? [only] : [only, array]);
}

/** One item, or as many as a slice may have. */
function oneOrMore(scope: TypeScope, item: string, { min, max }: ElementModel): string {
  if (max === 1) return item;
  if (min <= 1 && max > TUPLE_LIMIT) return `${scope.imports.type(RUNTIME, 'OneOrMore')}<${item}>`;
  const array = plain(item, Math.max(min, 1), max);
  return min > 1 ? array : `${item} | ${array}`;
}

/**
 * What builders and `create` take for one item of a slice.
 *
 * @param one slice
 */
export function inputOf(one: SliceTypes): string {
  const required = one.inner.filter((inner) => isNamed(inner.slice)).flatMap(requiredItems);
  // An item of no re-slice is too little where one is required.
  if (required.length > 0) return union(required);
  return one.bare === undefined ? one.pair.input : union([one.bare, one.pair.input]);
}

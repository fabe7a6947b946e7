import { requiredItems } from './cardinality.js';
import {
  type EffectiveContext,
  ofType,
  sliceItem,
  unconstrained,
  unsliced,
  withImpliedConstraints,
} from './effective.js';
import { elementsBelow } from './fhir-type.js';
import { remembering } from './memory.js';
import { mergeChildren } from './merge.js';
import type { ElementModel, SliceModel } from './model.js';
import type { Json } from '../fhir/json.js';

/** The depth to which required members are followed: profiles may require each other in a cycle. */
const DEPTH_LIMIT = 8;

/** The parts of a value that a profile determines. */
export interface Determined {
  /** The parts that are determined; `undefined` when none is. */
  readonly value: Json | undefined;
  /** The value conforms: nothing else has to be given. */
  readonly whole: boolean;
}

const NOTHING: Determined = { value: undefined, whole: false };

/**
 * Whether `create` can write a value that is left out, because the profile determines all its required parts.
 *
 * @param element of a profile: one value of it, or one item of an array
 * @param context all profiles and types
 */
export function isFilled(element: ElementModel, context: EffectiveContext): boolean {
  return determined(element, context).whole;
}

/**
 * The same for a member, which may be an array or a choice.
 *
 * @param member of an element
 * @param context all profiles and types
 */
export function isFilledMember(member: ElementModel, context: EffectiveContext): boolean {
  return determinedMember(member, context).whole;
}

/**
 * The same for a slice that requires one item.
 *
 * @param sliced the element that is sliced
 * @param slice one of its slices
 * @param context all profiles and types
 */
export function isFilledSlice(sliced: ElementModel, slice: SliceModel, context: EffectiveContext): boolean {
  return slice.element.min === 1 && determinedSlice(sliced, slice, context).whole;
}

/**
 * The parts of one value that a profile determines.
 *
 * @param element of a profile: one value of it, or one item of an array
 * @param context all profiles and types
 * @param depth how far to look
 */
export function determined(element: ElementModel, context: EffectiveContext, depth = DEPTH_LIMIT): Determined {
  return depth === DEPTH_LIMIT ? determinedFromHere(element, context) : determinedWithin(element, context, depth);
}

const determinedFromHere = remembering((element: ElementModel, context: EffectiveContext) =>
  determinedWithin(element, context, DEPTH_LIMIT),
);

function determinedWithin(element: ElementModel, context: EffectiveContext, depth: number): Determined {
  const code = element.types.length === 1 ? element.types[0]?.code : undefined;
  const kind = kindOf(element, context);
  if (element.fixed !== undefined || kind === 'primitive-type') {
    const value = element.fixed ?? element.pattern;
    return { value, whole: value !== undefined && !needsMore(element) };
  }
  // The caller gives resources.
  if (depth === 0 || element.types.length > 1 || element.base.choice || kind === 'resource') return NOTHING;
  const members: [string, Json][] = [];
  let whole = true;
  for (const member of membersOf(element, context)) {
    if (requiredItems(member) === 0 && !(code === 'Coding' && isCodeOrSystem(member))) continue;
    const own = determinedMember(member, context, depth - 1);
    if (own.value !== undefined) members.push([jsonName(member), own.value]);
    whole &&= own.whole;
  }
  const value = members.length === 0 ? undefined : Object.fromEntries(members);
  return {
    value,
    whole: whole && hasContent(new Set(members.map(([name]) => name)), code) && isCoded(element, members, context),
  };
}

/**
 * The parts of a member that a profile determines: for an array, its required slices with one item each, or its only
 * item.
 *
 * @param member of an element
 * @param context all profiles and types
 * @param depth how far to look
 */
export function determinedMember(member: ElementModel, context: EffectiveContext, depth = DEPTH_LIMIT): Determined {
  if (member.max === 0) return NOTHING;
  if (member.base.choice) {
    const [type, ...others] = member.types;
    return type === undefined || others.length > 0 ? NOTHING : determined(ofType(member, type), context, depth);
  }
  if (!member.base.array) return determined(member, context, depth);
  const { value, whole } = determinedItems(member, context, depth);
  // A system from a pattern or a slice leaves the code to the caller.
  return { value, whole: whole && (member.needsCode !== true || (Array.isArray(value) && value.some(hasCode))) };
}

function determinedItems(member: ElementModel, context: EffectiveContext, depth: number): Determined {
  const slices = member.slicing?.slices.filter((slice) => slice.element.min > 0) ?? [];
  const { slicing } = member;
  if (slices.length === 0) {
    const one = determined(unsliced(member), context, depth);
    const isFree = member.min <= 1 && (slicing?.rules !== 'closed' || slicing.slices.length === 0);
    return { value: one.value === undefined ? undefined : [one.value], whole: isFree && one.whole };
  }
  const items: Json[] = [];
  let whole = slices.every((slice) => slice.element.min === 1);
  for (const slice of slices) {
    const own = determinedSlice(member, slice, context, depth);
    whole &&= own.whole;
    if (own.value !== undefined) addItem(items, own.value, slice.name === '');
  }
  whole &&= items.length >= member.min && items.length <= member.max;
  return { value: items.length === 0 ? undefined : items, whole };
}

/** The item that a pattern requires may be the item of a slice. */
function addItem(items: Json[], item: Json, mayJoin: boolean): void {
  const at = mayJoin ? items.findIndex((one) => isWithin(item, one)) : -1;
  if (at < 0) items.push(item);
}

function isWithin(part: Json, whole: Json | undefined): boolean {
  if (Array.isArray(part))
    return Array.isArray(whole) && part.every((one: Json) => whole.some((other: Json) => isWithin(one, other)));
  if (part === null || typeof part !== 'object') return part === whole;
  if (whole === null || typeof whole !== 'object' || Array.isArray(whole)) return false;
  const members = new Map(Object.entries(whole));
  return Object.entries(part).every(([name, one]) => isWithin(one, members.get(name)));
}

/**
 * The parts of one item of a slice that a profile determines; where the slice requires an item of a re-slice, of an
 * item of that.
 *
 * @param sliced the element that is sliced
 * @param slice one of its slices
 * @param context all profiles and types
 * @param depth how far to look
 */
export function determinedSlice(
  sliced: ElementModel,
  slice: SliceModel,
  context: EffectiveContext,
  depth = DEPTH_LIMIT,
): Determined {
  const whole = identified(sliceItem(sliced, slice, context), context);
  const item = unsliced(whole);
  const [inner, ...others] = whole.slicing?.slices.filter((one) => one.element.min > 0) ?? [];
  if (inner === undefined) return determined(item, context, depth);
  if (others.length > 0 || inner.element.min > 1 || depth === 0) return NOTHING;
  return determinedSlice(item, inner, context, depth - 1);
}

/** Datatypes whose values mean little without their system. */
const NAMESPACED = new Set(['Coding', 'ContactPoint', 'Identifier', 'Quantity']);

/**
 * An item of a slice with the system that the slice fixes, even where the guide makes it optional: a caller who names
 * the slice means it, and a number without its system identifies nothing (FHIR R4, Identifier.system).
 *
 * @param item of a slice
 * @param context all profiles and types
 */
export const identified: (item: ElementModel, context: EffectiveContext) => ElementModel = remembering(withSystem);

function withSystem(item: ElementModel, context: EffectiveContext): ElementModel {
  const code = item.types.length === 1 ? item.types[0]?.code : undefined;
  if (code === undefined || !NAMESPACED.has(code)) return item;
  const { children } = withImpliedConstraints(item, context);
  const isOptional = (child: ElementModel): boolean =>
    child.base.name === 'system' && child.min === 0 && child.max > 0 && (child.fixed ?? child.pattern) !== undefined;
  if (!children.some(isOptional)) return item;
  return { ...item, children: children.map((child) => (isOptional(child) ? { ...child, min: 1 } : child)) };
}

/**
 * Whether an element is the fixed system or code of a Coding: a present coding means nothing without them, even where
 * the guide makes them optional (FHIR R4, Datatypes, "Coding").
 */
function isCodeOrSystem({ base, max, fixed, pattern }: ElementModel): boolean {
  return (base.name === 'system' || base.name === 'code') && max > 0 && (fixed ?? pattern) !== undefined;
}

/**
 * All members of an element: as the profile constrains them, the others as in its FHIR type.
 *
 * @param element with one type
 * @param context all profiles and types
 * @returns in the order of the FHIR type
 */
export const membersOf: (element: ElementModel, context: EffectiveContext) => readonly ElementModel[] = remembering(
  (element, context) => {
    const below = elementsBelow(element.base, element.types[0]?.code, context.types).map(unconstrained);
    return mergeChildren(below, withImpliedConstraints(element, context).children);
  },
);

/**
 * The kind of type of a value; `undefined` for several types, or for an element with inline members.
 *
 * @param element of a profile
 * @param context all types
 */
export function kindOf(
  element: ElementModel,
  context: EffectiveContext,
): 'resource' | 'complex-type' | 'primitive-type' | undefined {
  const code = element.types.length === 1 ? element.types[0]?.code : undefined;
  if (code === undefined || element.base.children.length > 0 || element.base.contentReference !== undefined) {
    return undefined;
  }
  return context.types.get(code)?.kind ?? (/^[a-z]/.test(code) ? 'primitive-type' : undefined);
}

/** The JSON property of a member; of a choice, where one type is left. */
function jsonName(member: ElementModel): string {
  const [type] = member.types;
  return member.base.choice && type !== undefined ? ofType(member, type).base.name : member.base.name;
}

/** `id` and extensions of a primitive are in its twin, so its value alone may not be enough. */
function needsMore(element: ElementModel): boolean {
  return element.children.some((child) => child.base.name !== 'value' && requiredItems(child) > 0);
}

/**
 * An element is never empty, an extension has a value or extensions (FHIR R4, invariants ele-1 and ext-1), and a
 * reference points to something (FHIR R4, References, "Reference").
 */
function hasContent(names: ReadonlySet<string>, code: string | undefined): boolean {
  const all = [...names];
  if (code === 'Extension') return all.some((name) => name === 'extension' || name.startsWith('value'));
  if (code === 'Reference') return all.some((name) => ['reference', 'identifier', 'display'].includes(name));
  return all.some((name) => name !== 'id');
}

/** The member that decides whether a value of a datatype is in a value set. */
const CODED: ReadonlyMap<string, string> = new Map([
  ['CodeableConcept', 'coding'],
  ['Coding', 'code'],
  ['Quantity', 'code'],
]);

/** A value with a required binding has a code (FHIR R4, Terminologies, "Binding strengths"). */
function isCoded(
  element: ElementModel,
  members: readonly (readonly [string, Json])[],
  { valueSets }: EffectiveContext,
): boolean {
  const { binding, types } = element;
  const isBound = binding?.strength === 'required' && valueSets.has(binding.valueSet);
  const wanted = CODED.get(types[0]?.code ?? '');
  return !isBound || wanted === undefined || members.some(([name]) => name === wanted);
}

function hasCode(coding: Json): boolean {
  return typeof coding === 'object' && coding !== null && 'code' in coding && typeof coding.code === 'string';
}

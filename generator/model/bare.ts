import { ofType, sliceItem, spelledOut, unconstrained, type EffectiveContext } from './effective.js';
import { requiredItems } from './cardinality.js';
import { elementsBelow } from './fhir-type.js';
import { mergeChildren } from './merge.js';
import type { ElementModel } from './model.js';

/** How far required members are followed down. */
const DEPTH_LIMIT = 6;

/**
 * The member that is all there is to say of an item: the value of a simple extension, or the one required member
 * that is not fixed anyway. `create` and builders take its bare value for the item.
 *
 * @param item with all that holds for it
 * @param context all profiles and types
 * @returns the member, named by its JSON property; `undefined` when an item says more, or need not say anything
 */
export function bareMember(item: ElementModel, context: EffectiveContext): ElementModel | undefined {
  const code = item.types.length === 1 ? item.types[0]?.code : undefined;
  if (code === undefined || item.fixed !== undefined) return undefined;
  const members = membersOf(item, context);
  if (code === 'Extension') return simpleValue(members);
  const open = members.filter((member) => requiredItems(member) > 0 && !isFilled(member, context));
  const [only, ...others] = open;
  if (only === undefined || others.length > 0 || only.base.array || only.base.choice) return undefined;
  return context.types.get(only.types[0]?.code ?? '')?.kind === 'primitive-type' ? only : undefined;
}

/** An extension has a value or extensions, not both (FHIR R4, invariant ext-1). */
function simpleValue(members: readonly ElementModel[]): ElementModel | undefined {
  const value = members.find((member) => member.base.name === 'value' && member.base.choice);
  const nested = members.find((member) => member.base.name === 'extension');
  const [type, ...others] = value?.types ?? [];
  if (value === undefined || type === undefined || others.length > 0 || value.max === 0) return undefined;
  return nested?.slicing === undefined && (nested?.min ?? 0) === 0 ? ofType(value, type) : undefined;
}

/**
 * Whether the profile fixes all that an element has to have, so that `create` can write it.
 *
 * @param element of a profile
 * @param context all profiles and types
 * @param depth how far to look
 */
export function isFilled(element: ElementModel, context: EffectiveContext, depth = DEPTH_LIMIT): boolean {
  if (element.fixed !== undefined || element.pattern !== undefined) return true;
  if (depth === 0 || element.types.length !== 1 || element.base.choice) return false;
  const required = membersOf(element, context).filter((member) => requiredItems(member) > 0);
  return required.length > 0 && required.every((member) => isFilledMember(member, context, depth - 1));
}

/**
 * The same for a member, which may be an array: its required slices have to be filled, one item each, or its one item.
 *
 * @param member of an element
 * @param context all profiles and types
 * @param depth how far to look
 */
export function isFilledMember(member: ElementModel, context: EffectiveContext, depth = DEPTH_LIMIT): boolean {
  if (!member.base.array) return isFilled(member, context, depth);
  const slices = member.slicing?.slices.filter((slice) => slice.element.min > 0) ?? [];
  if (slices.length === 0) return member.min <= 1 && isFilled(member, context, depth);
  return (
    slices.length >= member.min &&
    slices.every((slice) => slice.element.min === 1 && isFilled(sliceItem(member, slice, context), context, depth))
  );
}

/** All members of an element: what the profile says of them, and what its FHIR type says of the others. */
function membersOf(element: ElementModel, context: EffectiveContext): ElementModel[] {
  const below = elementsBelow(element.base, element.types[0]?.code, context.types).map(unconstrained);
  return mergeChildren(below, spelledOut(element, context).children);
}

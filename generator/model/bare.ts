import { requiredItems } from './cardinality.js';
import { ofType, type EffectiveContext } from './effective.js';
import { isFilledMember, membersOf } from './filled.js';
import type { ElementModel } from './model.js';

/**
 * The only member of an item that a caller has to give: the value of a simple extension, or the only required member
 * without a fixed value. `create` and builders accept its bare value for the item.
 *
 * @param item with all constraints
 * @param context all profiles and types
 * @returns the member, named by its JSON property; `undefined` when an item has more, requires nothing, or cannot be
 *   distinguished from the bare value
 */
export function bareMember(item: ElementModel, context: EffectiveContext): ElementModel | undefined {
  const code = item.types.length === 1 ? item.types[0]?.code : undefined;
  if (code === undefined || item.fixed !== undefined) return undefined;
  const members = membersOf(item, context);
  if (code === 'Extension') return simpleValue(members, context);
  const open = members.filter((member) => requiredItems(member) > 0 && !isFilledMember(member, context));
  const [only, ...others] = open;
  if (only === undefined || others.length > 0 || only.base.array || only.base.choice) return undefined;
  return isPrimitive(only, context) ? only : undefined;
}

/**
 * An extension has a value or extensions, not both (FHIR R4, invariant ext-1). An object is the bare value unless it
 * has the value's property or the url of the extension, so the whole form must have the value.
 */
function simpleValue(members: readonly ElementModel[], context: EffectiveContext): ElementModel | undefined {
  const value = members.find((member) => member.base.name === 'value' && member.base.choice);
  const nested = members.find((member) => member.base.name === 'extension');
  const [type, ...others] = value?.types ?? [];
  if (value === undefined || type === undefined || others.length > 0 || value.max === 0) return undefined;
  if (nested !== undefined && (nested.slicing !== undefined || requiredItems(nested) > 0)) return undefined;
  const only = ofType(value, type);
  return value.min > 0 || nested?.max === 0 || isPrimitive(only, context) ? only : undefined;
}

function isPrimitive(member: ElementModel, context: EffectiveContext): boolean {
  return context.types.get(member.types[0]?.code ?? '')?.kind === 'primitive-type';
}

import type { ProfileModel } from '../../generator/model/model.js';
import { isPrimitive } from '../../generator/sample/build.js';
import { conceptOf, isIn } from '../../generator/sample/codes.js';
import { belongs, contains, membersOf } from '../../generator/sample/matches.js';
import { item, itemOfSlice, type Slice, type Slicing, slicingOf } from '../../generator/sample/slices.js';
import {
  all,
  type Bound,
  boundsOf,
  childrenOf,
  type Context,
  keyOf,
  minOf,
  rootSpec,
  type Spec,
  targetsOf,
  typed,
  typesOf,
} from '../../generator/sample/spec.js';
import type { Json } from '../../generator/fhir/json.js';

/** The maximum depth of nested resources. */
const DEPTH_LIMIT = 40;

/**
 * The same resource with its arrays in the order of literals: first the items of required slices in slice order, then
 * those of a pattern, then a coding of a required binding, then the others. Any order is valid, but types of array
 * literals allow only one.
 *
 * @param json a resource
 * @param profile that it conforms to
 * @param context all profiles
 */
export function normalise(json: Json, profile: ProfileModel, context: Context): Json {
  return value(json, rootSpec(profile), profile.type, context, 0);
}

function value(json: Json, spec: Spec, code: string, context: Context, depth: number): Json {
  if (json === null || typeof json !== 'object' || Array.isArray(json) || depth > DEPTH_LIMIT) return json;
  const own = typed(spec, code, context);
  const members = membersOf(json);
  for (const child of childrenOf(own, code, context)) {
    const codes = child.base.types.map((type) => type.code);
    for (const type of codes.length === 0 ? ['BackboneElement'] : codes) {
      const key = keyOf(child.base, type);
      const member = members.get(key);
      if (member === undefined) continue;
      const within = key === 'coding' && code === 'CodeableConcept' ? boundsOf(own, context) : [];
      if (Array.isArray(member)) members.set(key, array(member, { ...child, within }, context, depth));
      else members.set(key, value(member, child, typeOf(member, child, type, context), context, depth + 1));
      break;
    }
  }
  return Object.fromEntries(members);
}

function typeOf(json: Json, spec: Spec, code: string, context: Context): string {
  if (spec.base.choice) return code;
  const resource = membersOf(json).get('resourceType');
  return typeof resource === 'string' ? resource : (typesOf(spec, () => true, context)[0] ?? code);
}

/** An item, and the slice that it is placed for. */
interface Placed {
  readonly json: Json;
  readonly slice?: Slice;
  readonly leading?: boolean;
}

function array(items: readonly Json[], spec: Spec, context: Context, depth: number): Json {
  const code = spec.base.types[0]?.code ?? 'BackboneElement';
  if (isPrimitive(code, context)) return items;
  const slicing = slicingOf(spec.facets);
  const placed = ordered(items, spec, code, slicing, context);
  return placed.map(({ json, slice, leading }) => {
    const own =
      slicing === undefined || slice === undefined ? item(spec) : itemOfSlice(spec, slicing, slice, leading === true);
    return value(json, own, typeOf(json, own, code, context), context, depth + 1);
  });
}

function ordered(
  items: readonly Json[],
  spec: Spec,
  code: string,
  slicing: Slicing | undefined,
  context: Context,
): Placed[] {
  const first: Placed[] = [];
  let rest = [...items];
  const take = (isWanted: (json: Json) => boolean, as: Omit<Placed, 'json'> = {}): void => {
    const found = rest.find(isWanted);
    if (found === undefined) return;
    first.push({ json: found, ...as });
    rest = rest.filter((one) => one !== found);
  };
  const slices = slicing === undefined ? [] : slicing.slices.map((slice) => ({ slice, slicing }));
  for (const { slice, slicing } of slices) {
    for (let count = 0; count < slice.min; count++) {
      const asked = typed(itemOfSlice(spec, slicing, slice, true), code, context);
      const isItemOfSlice = (json: Json): boolean | undefined => belongs(json, slice.tests, context);
      const again = slicingOf(slice.parts.map((part) => ({ ...part, element: part.model.element })));
      const required = again?.slices.filter((one) => one.min > 0) ?? [];
      const isAgain = (json: Json): boolean => belongs(json, required[count]?.tests ?? [], context) === true;
      if (rest.some((json) => isItemOfSlice(json) === true && isAgain(json))) {
        take((json) => isItemOfSlice(json) === true && isAgain(json), { slice, leading: true });
        continue;
      }
      const isLikely = (json: Json): boolean => isItemOfSlice(json) !== false && hasAllOf(json, asked, code, context);
      take(rest.some((json) => isItemOfSlice(json) === true) ? (json) => isItemOfSlice(json) === true : isLikely, {
        slice,
        leading: true,
      });
    }
  }
  const patterns = spec.items.flatMap((demand) => (Array.isArray(demand.value) ? demand.value : []));
  for (const pattern of patterns) {
    if (!first.some(({ json }) => contains(json, pattern))) take((json) => contains(json, pattern));
  }
  const isWithin = (json: Json): boolean => spec.within.every((bound: Bound) => inSet(bound, json));
  if (spec.within.length > 0 && !first.some(({ json }) => isWithin(json))) take(isWithin);
  const others = rest.map((json): Placed => {
    const slice = slicing?.slices.find((one) => one.decidable && belongs(json, one.tests, context) === true);
    return slice === undefined ? { json } : { json, slice };
  });
  return [...first, ...others];
}

/** Whether an item has what a slice requires, for slices whose items nothing else identifies. */
function hasAllOf(json: Json, spec: Spec, code: string, context: Context): boolean {
  const members = membersOf(json);
  const text = members.get('reference');
  const type = typeof text === 'string' ? /([A-Z]\w+)\/[^/]+$/.exec(text)?.[1] : undefined;
  const targets = code === 'Reference' ? targetsOf(spec, code, all, context) : undefined;
  if (type !== undefined && targets !== undefined && !targets.includes(type)) return false;
  return childrenOf(spec, code, context)
    .filter((child) => minOf(child, all) > 0)
    .every((child) => {
      const types = child.base.types.length === 0 ? [''] : typesOf(child, all, context);
      return types.some((one) => members.has(keyOf(child.base, one)));
    });
}

function inSet({ valueSet }: Bound, json: Json): boolean {
  return isIn(valueSet, conceptOf(json)) !== false;
}

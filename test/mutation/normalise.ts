import type { ProfileModel } from '../../generator/model/model.js';
import type { Json } from '../../generator/pin/snapshot.js';
import { isPrimitive } from './build.js';
import { conceptOf, isIn } from './codes.js';
import { belongs, contains, membersOf } from './matches.js';
import { item, itemOfSlice, type Slice, type Slicing, slicingOf } from './slices.js';
import { type Bound, boundsOf, childrenOf, type Context, keyOf, rootSpec, type Spec, typed, typesOf } from './spec.js';

/** How deep resources are followed. */
const DEPTH_LIMIT = 40;

/**
 * The same resource with its arrays in the order that literals are written in: first what required slices demand, in
 * slice order, then what a pattern demands, then a coding that a required binding demands, then the rest as it was.
 * Any order is as valid; the types of array literals can only know one.
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

/** An item, and the slice that it is put first for. */
interface Placed {
  readonly json: Json;
  readonly slice?: Slice;
  readonly leading?: boolean;
}

function array(items: readonly Json[], spec: Spec, context: Context, depth: number): Json {
  const code = spec.base.types[0]?.code ?? 'BackboneElement';
  if (isPrimitive(code, context)) return items;
  const slicing = slicingOf(spec.facets);
  const placed = ordered(items, spec, slicing, context);
  return placed.map(({ json, slice, leading }) => {
    const own =
      slicing === undefined || slice === undefined ? item(spec) : itemOfSlice(spec, slicing, slice, leading === true);
    return value(json, own, typeOf(json, own, code, context), context, depth + 1);
  });
}

function ordered(items: readonly Json[], spec: Spec, slicing: Slicing | undefined, context: Context): Placed[] {
  const first: Placed[] = [];
  let rest = [...items];
  const take = (isWanted: (json: Json) => boolean, as: Omit<Placed, 'json'> = {}): void => {
    const found = rest.find(isWanted);
    if (found === undefined) return;
    first.push({ json: found, ...as });
    rest = rest.filter((one) => one !== found);
  };
  for (const slice of slicing?.slices ?? []) {
    for (let count = 0; count < slice.min; count++) {
      take((json) => belongs(json, slice.tests, context) !== false, { slice, leading: true });
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

function inSet({ valueSet }: Bound, json: Json): boolean {
  return isIn(valueSet, conceptOf(json)) !== false;
}

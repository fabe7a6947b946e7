import { isAbstract, typeOf } from './abstract.js';
import type { Completion, MemberCompletion, ProfileCompletion, SliceCompletion } from './completion.js';
import { copyOf } from './copy.js';
import { InputPlace } from './input-place.js';
import { fits, isObject, type JsonObject, listOf, memo, quote, isPlain, setMember } from './json.js';
import { withItems } from './merge.js';
import { datatypeShape, type Shape, shapeOf, shapeOfProfile } from './shape.js';
import type { ProfileTable, TypeTable } from './table.js';

/** The key of the items of no slice. */
const OTHERS = 'others';

/** No FHIR resource is nested so deep, but a value that contains itself is. */
const DEPTH_LIMIT = 400;

/** A {@link Completion}, prepared for use. */
interface Ready {
  /** For a resource, which gets its `resourceType` and the profile in `meta.profile`. */
  readonly resource: ResourceTable | undefined;
  readonly unclaimed: ProfileCompletion['unclaimed'] | undefined;
  readonly members: ReadonlyMap<string, MemberCompletion>;
  /** Members that are written when they are left out, some only next to their extensions. */
  readonly written: readonly (readonly [key: string, member: MemberCompletion])[];
}

/** The table of a profile of a resource. */
interface ResourceTable extends ProfileTable {
  readonly base: TypeTable;
}

const NOTHING: Completion = {};

/**
 * Adds to an input what the profile determines. Parts that only the caller knows may still be missing.
 *
 * The input is FHIR JSON, except that a sliced array may be an object keyed by slice, `others` for the items of no
 * slice; an item may be given in its bare form, by its only value. What the profile determines is written where it is
 * required; what distinguishes a slice is written into each of its items. An absent optional element stays absent. A
 * resource gets its `resourceType` and the profile in `meta.profile`.
 *
 * @param completion of the profile
 * @param input not changed
 * @returns a new value that shares nothing with the input
 * @throws {ProfileError} when a sliced array is keyed by something other than a slice, and when the input holds what
 *   JSON cannot, contains itself, or is another resource
 */
export function complete<T = JsonObject>(completion: ProfileCompletion, input: unknown): T {
  const { table } = completion;
  const place = new InputPlace(table, input);
  if (!isObject(input)) throw place.error(`an object is expected, not ${quote(input)}`);
  return completedObject(plainObject(input, place), readyOf(completion), shapeOfProfile(table), place) as T;
}

/** A copy of a value, with the missing members written. */
function completed(value: unknown, completion: Completion, shape: Shape | undefined, place: InputPlace): unknown {
  switch (typeof value) {
    case 'object':
      if (value === null) return value;
      break;
    case 'number':
      if (!Number.isFinite(value)) throw place.error(`${value} cannot be written in JSON`);
      return value;
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    default:
      throw place.error(`a ${typeof value} cannot be written in JSON`);
  }
  if (place.steps.length > DEPTH_LIMIT) throw place.tooDeep(DEPTH_LIMIT);
  if (Array.isArray(value)) return eachItem(value, completion, shape, place);
  return completedObject(plainObject(value, place), readyOf(completion), shape, place);
}

/** Rejects a Date and other instances of classes. */
function plainObject(value: object, place: InputPlace): JsonObject {
  if (!isPlain(value)) {
    throw place.error(`a ${value.constructor.name} cannot be written in JSON; give a string or a plain object`);
  }
  return value as JsonObject;
}

function eachItem(
  items: readonly unknown[],
  completion: Completion,
  shape: Shape | undefined,
  place: InputPlace,
): unknown[] {
  const made: unknown[] = [];
  for (let index = 0; index < items.length; index++) {
    place.steps.push(index);
    made.push(completed(items[index], completion, shape, place));
    place.steps.pop();
  }
  return made;
}

function completedObject(value: JsonObject, ready: Ready, shape: Shape | undefined, place: InputPlace): JsonObject {
  const { resource } = ready;
  const within = resource ? shapeOf(resource.base) : shape;
  const type = resource && typeOf(resource.type, value);
  // Copying keeps the form of the object, which is faster than setting members one by one.
  const made: Record<string, unknown> = resource ? { resourceType: type, ...value } : { ...value };
  let last = -1;
  let isOrdered = true;
  for (const key in value) {
    const item = value[key];
    if (resource && key === 'resourceType') continue;
    const known = within?.members.get(key);
    // Only members that someone added to Object.prototype are inherited here.
    if (!known && !Object.hasOwn(value, key)) continue;
    const at = known ? known.at : LAST;
    if (at < last) isOrdered = false;
    last = at;
    // Most values are primitives, which need no copy.
    if (typeof item === 'string' || typeof item === 'boolean' || Number.isFinite(item)) continue;
    place.steps.push(key);
    const each = member(item, ready.members.get(key), known?.shape(), place);
    place.steps.pop();
    // FHIR's JSON has no empty arrays, and the twin of a primitive may have been slices without items.
    const isNothing =
      each === undefined || isEmptyArray(each) || (key.startsWith('_') && isEmpty(each) && !isEmpty(item));
    setMember(made, key, isNothing ? undefined : each);
    if (isNothing) isOrdered = false;
  }
  for (const [key, { write, beside }] of ready.written) {
    if (isGiven(key, within, made) || (write === undefined && made[`_${key}`] === undefined)) continue;
    made[key] = copyOf(write ?? beside);
    isOrdered = false;
  }
  if (resource && type !== undefined) {
    const { resourceType } = value;
    if (isAbstract(type) || (resourceType !== undefined && resourceType !== type)) {
      place.steps.push('resourceType');
      throw place.error(`${type} is expected, not ${quote(resourceType)}`);
    }
    const { unclaimed } = ready;
    const { meta } = made;
    made['resourceType'] = type;
    if (!unclaimed || (unclaimed !== 'always' && meta)) {
      made['meta'] = claiming(meta, resource.url);
      if (meta === undefined) isOrdered = false;
    }
  }
  return isOrdered ? made : ordered(made, within);
}

/** The position of members that the type does not know. */
const LAST = 1e9;

function isEmptyArray(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

/** The members in the order of the type, `resourceType` first; members that the type does not know come last. */
function ordered(made: JsonObject, shape: Shape | undefined): JsonObject {
  const keys: string[] = [];
  const places: number[] = [];
  for (const key of Object.keys(made)) {
    if (made[key] === undefined) continue;
    const place = key === 'resourceType' ? -1 : (shape?.members.get(key)?.at ?? LAST);
    // Insertion sort is fast here: objects are nearly in order, and a type has few members.
    let at = keys.length;
    for (; at > 0 && (places[at - 1] ?? LAST) > place; at--) {
      keys[at] = keys[at - 1] ?? '';
      places[at] = places[at - 1] ?? LAST;
    }
    keys[at] = key;
    places[at] = place;
  }
  const sorted: Record<string, unknown> = {};
  for (const key of keys) setMember(sorted, key, made[key]);
  return sorted;
}

/** The metadata of a resource, with the profile that it conforms to (FHIR R4, Resource, "Resource Metadata"). */
function claiming(meta: unknown, url: string): unknown {
  const own = meta === undefined ? {} : meta;
  // A value that cannot be metadata stays, so that the validator reports it.
  if (!isObject(own) || (own['profile'] !== undefined && !Array.isArray(own['profile']))) return meta;
  const claimed = listOf(own['profile']);
  const isClaimed = claimed.some((each) => typeof each === 'string' && each.split('|')[0] === url);
  return ordered({ ...own, profile: isClaimed ? claimed : [...claimed, url] }, datatypeShape('Meta'));
}

/**
 * Whether the input has the element, also in another type of a choice, or with extensions only. Extensions do not
 * replace a value that the profile determines: it has to be present (FHIR R4, ElementDefinition.fixed[x] and
 * pattern[x]).
 */
function isGiven(key: string, shape: Shape | undefined, made: JsonObject): boolean {
  if (made[key] !== undefined) return true;
  const types = shape?.members.get(key)?.members ?? [];
  return types.some(({ json }) => made[json] !== undefined || (json !== key && hasExtension(made[`_${json}`])));
}

function hasExtension(twin: unknown): boolean {
  return (
    listOf(twin).some((each) => isObject(each) && each['extension'] !== undefined) ||
    (isObject(twin) && twin['extension'] !== undefined)
  );
}

function member(
  value: unknown,
  completion: MemberCompletion | undefined,
  shape: Shape | undefined,
  place: InputPlace,
): unknown {
  if (!completion) return completed(value, NOTHING, shape, place);
  const { item = NOTHING, write, ensure, slices } = completion;
  const isKeyed = slices && isObject(value);
  const made = isKeyed ? slicedItems(value, slices, completion, shape, place) : completed(value, item, shape, place);
  if (!Array.isArray(made)) return made;
  const items = ensure ? withItems(ensure === true ? listOf(write) : ensure, made) : made;
  return isKeyed && items.length === 0 ? copyOf(write) : items;
}

/** The items of a sliced array given by slice: in the order of the slices, others last. */
function slicedItems(
  value: JsonObject,
  slices: readonly SliceCompletion[],
  rest: MemberCompletion | SliceCompletion,
  shape: Shape | undefined,
  place: InputPlace,
): unknown[] {
  const keys = [...slices.map((slice) => slice.key), ...('closed' in rest ? [] : [OTHERS])];
  const stray = Object.keys(value).find((key) => !keys.includes(key));
  if (stray !== undefined) throw place.error(`slice ${JSON.stringify(stray)} is none of ${keys.join(', ')}`);
  const others = Object.hasOwn(value, OTHERS) ? value[OTHERS] : undefined;
  const made: unknown[] = [];
  for (const slice of slices) {
    const { write } = slice;
    const given = Object.hasOwn(value, slice.key) ? value[slice.key] : undefined;
    place.steps.push(slice.key);
    // One by one: too many arguments of one call overflow the stack.
    if (given !== undefined) for (const item of sliceItems(slice, given, shape, place)) made.push(item);
    // An item given for no slice may belong to the slice: it then has all that the slice determines.
    else if (write !== undefined && !listOf(others).some((item) => fits(write, item, false))) made.push(copyOf(write));
    place.steps.pop();
  }
  if (others === undefined) return made;
  place.steps.push(OTHERS);
  if (!Array.isArray(others)) throw place.error(`an array is expected, not ${quote(others)}`);
  for (const item of eachItem(others, rest.item ?? NOTHING, shape, place)) made.push(item);
  place.steps.pop();
  return made;
}

/** The items of a slice, each of which may be given by its only value. */
export function sliceItems(
  slice: SliceCompletion,
  given: unknown,
  shape: Shape | undefined,
  place: InputPlace,
): readonly unknown[] {
  const { slices, item = NOTHING } = slice;
  if (slices && isObject(given) && isKeyedBy(slices, given)) return slicedItems(given, slices, slice, shape, place);
  if (Array.isArray(given)) {
    return given.map((each, index) => {
      place.steps.push(index);
      const made = completed(whole(slice, each), item, shape, place);
      place.steps.pop();
      return made;
    });
  }
  return [completed(whole(slice, given), item, shape, place)];
}

function isKeyedBy(slices: readonly SliceCompletion[], given: JsonObject): boolean {
  const keys = Object.keys(given);
  return keys.length > 0 && keys.every((key) => key === OTHERS || slices.some((slice) => slice.key === key));
}

/** The whole item for a bare value. */
function whole({ bare, url, item: completion }: SliceCompletion, item: unknown): unknown {
  if (bare === undefined || item === undefined) return item;
  if (!isObject(item)) return { [bare]: item };
  // Without a canonical the value is a primitive, so an object is a whole item; so is an empty object.
  const canonical = url === true ? completion?.profile?.().table.url : url;
  const isWhole =
    url === undefined ||
    item['url'] === canonical ||
    bare in item ||
    `_${bare}` in item ||
    Object.keys(item).length === 0;
  return isWhole ? item : { [bare]: item };
}

const readyOf: (completion: Completion | ProfileCompletion) => Ready = /* @__PURE__ */ memo((completion): Ready => {
  if (completion.profile) return readyOf(completion.profile());
  const members = new Map(Object.entries(completion.members ?? {}));
  return {
    resource: resourceOf(completion),
    unclaimed: 'table' in completion ? completion.unclaimed : undefined,
    members,
    written: [...members].filter(([, { write, beside }]) => (write ?? beside) !== undefined),
  };
});

function resourceOf(completion: Completion | ProfileCompletion): ResourceTable | undefined {
  if (!('table' in completion)) return undefined;
  const { base, ...table } = completion.table;
  return base && { ...table, base };
}

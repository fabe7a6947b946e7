import { isAbstract, typeOf } from './abstract.js';
import type { Completion, MemberCompletion, ProfileCompletion, SliceCompletion } from './completion.js';
import { isObject, type JsonObject, listOf, memo, quote } from './json.js';
import { withItems } from './merge.js';
import { datatypeShape, type Shape, shapeOf } from './shape.js';

/** The key of what belongs to no slice. */
const OTHERS = 'others';

/** Nothing that FHIR describes is nested so deep, but a value that refers to itself is. */
const DEPTH_LIMIT = 400;

/** Where in the input something stands, from the root. */
type Path = (string | number)[];

/** A {@link Completion} made ready. */
interface Ready {
  /** Of a resource, which gets its `resourceType` and the profile in `meta.profile`. */
  readonly resource: ProfileCompletion | undefined;
  readonly members: ReadonlyMap<string, MemberCompletion>;
  /** Members that are written when they are left out. */
  readonly written: readonly (readonly [key: string, member: MemberCompletion])[];
}

const NOTHING: Completion = {};

/**
 * Makes a value of a profile from what a profile does not say by itself.
 *
 * The input is FHIR JSON, except that a sliced array may be an object keyed by slice, `others` for what belongs to no
 * slice; an item may be given by the one value that it is about. What the profile determines is written where it is
 * required, and in each item of a slice what tells it from others; an optional element that is absent stays absent.
 * A resource gets its `resourceType` and the profile in `meta.profile`.
 *
 * @param profile what to write
 * @param input left as it is
 * @returns a new value; whether it conforms is for the validator to say
 * @throws {TypeError} when a sliced array is keyed by something that is no slice, and when the input holds what JSON
 *   cannot, refers to itself, or is another resource
 */
export function create<T = unknown>(profile: ProfileCompletion, input: unknown): T {
  const path: Path = [];
  if (!isObject(input)) throw wrong(path, profile.type, `an object is expected, not ${quote(input)}`);
  const shape = profile.base ? shapeOf(profile.base) : datatypeShape(profile.type);
  return completed(input, profile, shape, path) as T;
}

/** A copy of a value, with what is to be written. */
function completed(value: unknown, completion: Completion, shape: Shape | undefined, path: Path): unknown {
  switch (typeof value) {
    case 'object':
      if (value === null) return value;
      break;
    case 'string':
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    default:
      throw wrong(path, '', `a ${typeof value} cannot be written in JSON`);
  }
  if (path.length > DEPTH_LIMIT) throw wrong(path.slice(0, 8), '', 'nested too deep: it may refer to itself');
  if (Array.isArray(value)) return eachItem(value, completion, shape, path);
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of other realms have another Object.prototype, which has no prototype either.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw wrong(path, '', `a ${value.constructor.name} cannot be written in JSON; give a string or a plain object`);
  }
  return completedObject(value as JsonObject, readyOf(completion), shape, path);
}

function eachItem(items: readonly unknown[], completion: Completion, shape: Shape | undefined, path: Path): unknown[] {
  const made: unknown[] = [];
  for (let index = 0; index < items.length; index++) {
    path.push(index);
    made.push(completed(items[index], completion, shape, path));
    path.pop();
  }
  return made;
}

function completedObject(value: JsonObject, ready: Ready, shape: Shape | undefined, path: Path): JsonObject {
  const { resource } = ready;
  const within = resource?.base ? shapeOf(resource.base) : shape;
  const made: Record<string, unknown> = {};
  let last = -1;
  let isOrdered = true;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined || (resource && key === 'resourceType')) continue;
    const known = within?.members.get(key);
    const at = known ? known.at : Infinity;
    let each: unknown = item;
    // Most values are primitives, which are taken as they are.
    if (typeof item !== 'string') {
      path.push(key);
      each = member(item, ready.members.get(key), known?.shape(), path);
      path.pop();
      // The extensions of a primitive were keyed by slice, and there are none.
      if (each === undefined || (key.startsWith('_') && isEmpty(each) && !isEmpty(item))) continue;
    }
    if (at < last) isOrdered = false;
    last = at;
    if (key === '__proto__') define(made, key, each);
    else made[key] = each;
  }
  for (const [key, { write }] of ready.written) {
    if (isGiven(key, within, made)) continue;
    made[key] = copy(write);
    const at = within?.members.get(key)?.at ?? Infinity;
    if (at < last) isOrdered = false;
    last = at;
  }
  if (!resource) return isOrdered ? made : ordered(made, within);
  const { resourceType } = value;
  const type = typeOf(resource.type, value);
  if (isAbstract(type) || (resourceType !== undefined && resourceType !== type)) {
    throw wrong([...path, 'resourceType'], '', `${type} is expected, not ${quote(resourceType)}`);
  }
  const { unclaimed } = resource;
  if (!unclaimed || (unclaimed !== 'always' && made['meta'])) made['meta'] = claiming(made['meta'], resource.url);
  return { resourceType: type, ...ordered(made, within) };
}

/** Sets a property whose name would set the prototype. */
function define(made: object, key: string, value: unknown): void {
  Object.defineProperty(made, key, { value, enumerable: true, writable: true, configurable: true });
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

/** In the order of the type; what the type does not know comes last. */
function ordered(made: JsonObject, shape: Shape | undefined): JsonObject {
  const at = (key: string): number => shape?.members.get(key)?.at ?? Infinity;
  const sorted = Object.entries(made).sort(([a], [b]) => (at(a) === at(b) ? 0 : at(a) - at(b)));
  return Object.fromEntries(sorted);
}

/** The metadata of a resource with the profile that it conforms to (FHIR R4, Resource, "Resource Metadata"). */
function claiming(meta: unknown, url: string): JsonObject {
  const own = isObject(meta) ? meta : {};
  const claimed = listOf(own['profile']);
  const isClaimed = claimed.some((each) => typeof each === 'string' && each.split('|')[0] === url);
  return ordered({ ...own, profile: isClaimed ? claimed : [...claimed, url] }, datatypeShape('Meta'));
}

/** Whether the input has the element: in another type of a choice too, or by its extensions alone. */
function isGiven(key: string, shape: Shape | undefined, made: JsonObject): boolean {
  if (made[key] !== undefined) return true;
  const types = shape?.members.get(key)?.members ?? [];
  return types.some(({ json }) => made[json] !== undefined || hasExtension(made[`_${json}`]));
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
  path: Path,
): unknown {
  if (!completion) return completed(value, NOTHING, shape, path);
  const { item = NOTHING, ensure, slices } = completion;
  const isKeyed = slices && isObject(value);
  const made = isKeyed ? slicedItems(value, slices, completion, shape, path) : completed(value, item, shape, path);
  if (!Array.isArray(made)) return made;
  const items = ensure ? withItems(ensure, made) : made;
  return isKeyed && items.length === 0 ? copy(completion.write) : items;
}

/** The items of a sliced array that is given by slice: in the order of the slices, others last. */
function slicedItems(
  value: JsonObject,
  slices: readonly SliceCompletion[],
  rest: MemberCompletion | SliceCompletion,
  shape: Shape | undefined,
  path: Path,
): unknown[] {
  for (const key of Object.keys(value)) {
    if (key === OTHERS || slices.some((slice) => slice.key === key)) continue;
    const keys = [...slices.map((slice) => slice.key), OTHERS].join(', ');
    throw wrong(path, '', `no slice ${JSON.stringify(key)}, but ${keys}`);
  }
  const made: unknown[] = [];
  for (const slice of slices) {
    const given = Object.hasOwn(value, slice.key) ? value[slice.key] : undefined;
    path.push(slice.key);
    if (given !== undefined) made.push(...sliceItems(slice, given, shape, path));
    else if (slice.write !== undefined) made.push(copy(slice.write));
    path.pop();
  }
  const others = Object.hasOwn(value, OTHERS) ? value[OTHERS] : undefined;
  if (others === undefined) return made;
  path.push(OTHERS);
  if (!Array.isArray(others)) throw wrong(path, '', `an array is expected, not ${quote(others)}`);
  made.push(...eachItem(others, rest.item ?? NOTHING, shape, path));
  path.pop();
  return made;
}

function sliceItems(slice: SliceCompletion, given: unknown, shape: Shape | undefined, path: Path): readonly unknown[] {
  const { slices, item = NOTHING } = slice;
  if (slices && isObject(given) && isKeyedBy(slices, given)) return slicedItems(given, slices, slice, shape, path);
  if (Array.isArray(given)) {
    return given.map((each, index) => {
      path.push(index);
      const made = completed(whole(slice, each), item, shape, path);
      path.pop();
      return made;
    });
  }
  return [completed(whole(slice, given), item, shape, path)];
}

function isKeyedBy(slices: readonly SliceCompletion[], given: JsonObject): boolean {
  const keys = Object.keys(given);
  return keys.length > 0 && keys.every((key) => key === OTHERS || slices.some((slice) => slice.key === key));
}

/** An item that is given by its one value alone, as the item that it stands for. */
function whole({ bare, url }: SliceCompletion, item: unknown): unknown {
  if (bare === undefined || item === undefined) return item;
  if (!isObject(item)) return { [bare]: item };
  // Without a canonical the value is a primitive, which no object is; an empty object is no value either.
  const isWhole =
    url === undefined || item['url'] === url || bare in item || `_${bare}` in item || Object.keys(item).length === 0;
  return isWhole ? item : { [bare]: item };
}

/** A deep copy of what the table says, which results must not share. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copy(each)])) : value;
}

const readyOf: (completion: Completion) => Ready = /* @__PURE__ */ memo((completion: Completion): Ready => {
  if (completion.profile) return readyOf(completion.profile());
  const members = new Map(Object.entries(completion.members ?? {}));
  return {
    resource: isResource(completion) ? completion : undefined,
    members,
    written: [...members].filter(([, each]) => each.write !== undefined),
  };
});

function isResource(completion: Completion | ProfileCompletion): completion is ProfileCompletion {
  return 'base' in completion;
}

function wrong(path: Path, type: string, text: string): TypeError {
  const place = path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join('');
  return new TypeError(`${place || type}: ${text}`);
}

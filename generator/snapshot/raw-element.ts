import { CodegenError, type Where } from '../errors.js';
import { isObject } from '../fhir/json.js';

/** An ElementDefinition of a package: its id and path are known to be strings, anything else is unchecked. */
export interface RawElement {
  readonly id: string;
  readonly path: string;
  readonly [member: string]: unknown;
}

/**
 * Prose that no later stage reads. It is removed before snapshots are generated, not only to save memory: the generator
 * rewrites links in it, in quadratic time for a text of brackets. `__proto__` would become the prototype of a copy.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '__proto__',
  'alias',
  'comment',
  'definition',
  'example',
  'mapping',
  'meaningWhenMissing',
  'requirements',
]);

/**
 * The elements of a snapshot, as copies without prose.
 *
 * @param list `snapshot.element`
 * @param where the definition that it belongs to
 * @throws CodegenError when an item is not an object, or has no id or path
 */
export function rawElements(list: readonly unknown[], where: Where): readonly RawElement[] {
  return list.map((item, index) => {
    const element = membersOf(item, `snapshot.element[${index}]`, where);
    if (!isRawElement(element)) throw new CodegenError(`snapshot.element[${index}] has no id or no path`, where);
    return element;
  });
}

/** Whether a value is an ElementDefinition with an id and a path. */
export function isRawElement(value: unknown): value is RawElement {
  return isObject(value) && typeof value['id'] === 'string' && typeof value['path'] === 'string';
}

/**
 * The members of one ElementDefinition, without prose.
 *
 * @param item anything
 * @param what its name in messages
 * @param where the definition that it belongs to
 * @throws CodegenError when it is not an object
 */
export function membersOf(item: unknown, what: string, where: Where): Readonly<Record<string, unknown>> {
  if (!isObject(item)) throw new CodegenError(`${what} is not an object`, where);
  const members = Object.fromEntries(Object.entries(item).filter(([name]) => !LEFT_OUT.has(name)));
  const reference = members['contentReference'];
  // Newer tools write the whole canonical before the hash, which the snapshot generator does not support.
  if (typeof reference === 'string') members['contentReference'] = reference.slice(Math.max(0, reference.indexOf('#')));
  return members;
}

/**
 * The snapshot that a definition was published with.
 *
 * @param resource a StructureDefinition
 * @returns `snapshot.element`; `undefined` when there is none or it is empty
 */
export function publishedElements(resource: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  return elementsIn(resource['snapshot']);
}

/**
 * The differential of a definition.
 *
 * @param resource a StructureDefinition
 * @returns `differential.element`, empty when the differential is; `undefined` when there is no differential
 */
export function differentialElements(resource: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  const differential = resource['differential'];
  return isObject(differential) ? (elementsIn(differential) ?? []) : undefined;
}

function elementsIn(view: unknown): readonly unknown[] | undefined {
  const list = isObject(view) ? view['element'] : undefined;
  return Array.isArray(list) && list.length > 0 ? list : undefined;
}

/** One of the types of an element, with its profiles. */
export interface RawType {
  readonly code: string;
  /** `type.profile` */
  readonly profiles: readonly string[];
  /** `type.targetProfile` */
  readonly targetProfiles: readonly string[];
}

/**
 * The types of an element, as far as they are well formed.
 *
 * @param element an element of a snapshot or differential
 */
export function typesOf(element: RawElement): readonly RawType[] {
  return listOf(element['type']).flatMap((type) => {
    if (!isObject(type) || typeof type['code'] !== 'string') return [];
    const [profiles, targetProfiles] = [textsOf(type['profile']), textsOf(type['targetProfile'])];
    return [{ code: type['code'], profiles, targetProfiles }];
  });
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

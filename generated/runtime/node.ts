import { datatypes } from './datatypes.js';
import { isObject, type JsonObject, listOf } from './json.js';
import { primitives } from './primitive.js';
import type { Child } from './rule.js';
import { capital } from './shape.js';

/** A value of an element, with its underscore twin. */
export interface Node {
  /** `undefined` when there is only the twin. */
  readonly value: unknown;
  /** The underscore twin of a primitive. */
  readonly twin: unknown;
  /** For a choice, the type in its JSON name: `CodeableConcept`; `undefined` for any other element. */
  readonly type: string | undefined;
  /** Index in the array. */
  readonly index: number | undefined;
}

const NONE: readonly Node[] = [];

/** The nodes of an empty array: reported as empty, and as nothing else. */
export const EMPTY: readonly Node[] = [];

/** A node for a single value. */
export function nodeOf(value: unknown, type?: string): Node {
  return { value, twin: undefined, type, index: undefined };
}

/**
 * The values of an element.
 *
 * @param host the object that has the element
 * @param child the element; a choice is found under the name of its type
 */
export function nodesOf(host: JsonObject, { name, twin, choice }: Child): readonly Node[] {
  if (!choice) {
    const value = host[name];
    // Only a primitive has a twin; any other twin is reported where the FHIR type is known.
    const beside = isComplex(value) ? undefined : host[twin];
    return value === undefined && beside === undefined ? NONE : nodesAt(value, beside, undefined);
  }
  let value: unknown;
  let beside: unknown;
  let type: string | undefined;
  for (const key of Object.keys(host)) {
    const isTwin = key.startsWith(twin);
    if (!isTwin && !key.startsWith(name)) continue;
    const suffix = suffixes().get(key.slice(isTwin ? twin.length : name.length));
    if (suffix === undefined || host[key] === undefined) continue;
    type = suffix;
    if (isTwin) beside = host[key];
    else value = host[key];
  }
  return nodesAt(value, beside, type);
}

/** A JSON member that may hold an element. */
export interface NodePlace {
  readonly key: string;
  /** The type, for a choice. */
  readonly type: string | undefined;
  readonly isTwin: boolean;
}

/** The JSON members that may hold an element. */
export function placesOf({ name, twin, choice }: Child): readonly NodePlace[] {
  const types = choice ? [...suffixes().keys()] : [undefined];
  return types.flatMap((type) => [
    { key: name + (type ?? ''), type, isTwin: false },
    { key: twin + (type ?? ''), type, isTwin: true },
  ]);
}

/** Whether a value is an object, or an array that begins with one. */
export function isComplex(value: unknown): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null;
}

let made: ReadonlyMap<string, string> | undefined;

/** The types in the names of choices, each as one shared string, because they are compared often. */
function suffixes(): ReadonlyMap<string, string> {
  made ??= new Map([...Object.keys(datatypes), ...primitives.keys()].map(capital).map((type) => [type, type]));
  return made;
}

/** The values of an element, from its two members. */
export function nodesAt(value: unknown, twin: unknown, type: string | undefined): readonly Node[] {
  if (!Array.isArray(value) && !Array.isArray(twin)) {
    return value === undefined && (twin === undefined || !carries(twin))
      ? NONE
      : [{ value, twin, type, index: undefined }];
  }
  const values = listOf(value);
  const twins = listOf(twin);
  const length = Math.max(values.length, twins.length);
  if (length === 0) return EMPTY;
  const nodes: Node[] = [];
  for (let index = 0; index < length; index++) {
    const item = values[index] ?? undefined;
    const beside = twins[index];
    if (item !== undefined || (beside !== undefined && carries(beside)))
      nodes.push({ value: item, twin: beside, type, index });
  }
  return nodes;
}

/** Whether the twin replaces the value: an extension states why there is none (FHIR R4, Element, "ele-1"). */
export function carries(twin: unknown): boolean {
  return isObject(twin) && listOf(twin['extension']).length > 0;
}

/** The object with the child elements of a node: the value, or the twin of a primitive. */
export function hostOf({ value, twin }: Node): JsonObject | undefined {
  return isObject(value) ? value : isObject(twin) ? twin : undefined;
}

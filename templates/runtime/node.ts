import { datatypes } from './datatypes.js';
import { isObject, type JsonObject, listOf } from './json.js';
import { primitives } from './primitive.js';
import type { Child } from './rule.js';
import { capital } from './shape.js';

/** A value of an element, with what JSON keeps beside it. */
export interface Node {
  /** `undefined` when there is but the twin. */
  readonly value: unknown;
  /** The underscore twin of a primitive. */
  readonly twin: unknown;
  /** Type of a choice as its JSON name has it: `CodeableConcept`; `undefined` for any other element. */
  readonly type: string | undefined;
  /** Place in the array. */
  readonly index: number | undefined;
}

const NONE: readonly Node[] = [];

/** Nodes of an array that is empty: reported as such, and as nothing else. */
export const EMPTY: readonly Node[] = [];

/** A node of something that stands for itself. */
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
    // What is no primitive has no twin: one that is there is reported where the FHIR type is known.
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

/** A member of JSON that an element may stand in. */
export interface NodePlace {
  readonly key: string;
  /** Of a choice. */
  readonly type: string | undefined;
  readonly isTwin: boolean;
}

/** The members of JSON that an element may stand in. */
export function placesOf({ name, twin, choice }: Child): readonly NodePlace[] {
  const types = choice ? [...suffixes().keys()] : [undefined];
  return types.flatMap((type) => [
    { key: name + (type ?? ''), type, isTwin: false },
    { key: twin + (type ?? ''), type, isTwin: true },
  ]);
}

/** An object, or an array that begins with one. */
export function isComplex(value: unknown): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null;
}

let made: ReadonlyMap<string, string> | undefined;

/** Types as names of choices have them, by themselves: texts that are compared often are one and the same. */
function suffixes(): ReadonlyMap<string, string> {
  made ??= new Map([...Object.keys(datatypes), ...primitives.keys()].map(capital).map((type) => [type, type]));
  return made;
}

/** The values of an element, of what stands in its two members. */
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

/** Whether the twin stands for the value: its extension says why there is none (FHIR R4, Element, "ele-1"). */
export function carries(twin: unknown): boolean {
  return isObject(twin) && listOf(twin['extension']).length > 0;
}

/** The object that has the elements below a node: the value, or the twin of a primitive. */
export function hostOf({ value, twin }: Node): JsonObject | undefined {
  return isObject(value) ? value : isObject(twin) ? twin : undefined;
}

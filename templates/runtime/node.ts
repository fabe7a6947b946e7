import { datatypes } from './datatypes.js';
import { isObject, type JsonObject, listOf, memo } from './json.js';
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
  let [value, beside, type]: [unknown, unknown, string | undefined] = [undefined, undefined, undefined];
  for (const key of Object.keys(host)) {
    const isTwin = key.startsWith(twin);
    if (!isTwin && !key.startsWith(name)) continue;
    const suffix = key.slice(isTwin ? twin.length : name.length);
    if (!suffixes(datatypes).has(suffix)) continue;
    type = suffix;
    if (isTwin) beside = host[key];
    else value = host[key];
  }
  return nodesAt(value, beside, type);
}

/** An object, or an array that begins with one. */
function isComplex(value: unknown): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null;
}

const suffixes = /* @__PURE__ */ memo(
  (types: typeof datatypes) => new Set([...Object.keys(types), ...primitives.keys()].map(capital)),
);

function nodesAt(value: unknown, twin: unknown, type: string | undefined): readonly Node[] {
  if (!Array.isArray(value) && !Array.isArray(twin)) {
    return value === undefined && !carries(twin) ? NONE : [{ value, twin, type, index: undefined }];
  }
  const values = listOf(value);
  const twins = listOf(twin);
  const length = Math.max(values.length, twins.length);
  if (length === 0) return EMPTY;
  const nodes: Node[] = [];
  for (let index = 0; index < length; index++) {
    const item = values[index] ?? undefined;
    const beside = twins[index];
    if (item !== undefined || carries(beside)) nodes.push({ value: item, twin: beside, type, index });
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

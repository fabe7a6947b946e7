import { datatypes } from './datatypes.js';
import { isObject, type JsonObject } from './json.js';
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

/** Value of what a reference points to, when it is out of reach. */
export const UNRESOLVED: unique symbol = Symbol('unresolved');

const NONE: readonly Node[] = [];

/** Nodes of an array that is empty: reported as such, and as nothing else. */
export const EMPTY: readonly Node[] = [];

/**
 * The values of an element.
 *
 * @param host the object that has the element
 * @param element by name; a choice is found under the name of its type
 */
export function nodesOf(host: JsonObject, element: Child): readonly Node[] {
  if (!element.choice) return nodesAt(host[element.name], host[element.twin], undefined);
  const json = chosen(host, element.name);
  return json === undefined ? NONE : nodesAt(host[json], host[`_${json}`], json.slice(element.name.length));
}

/** Likewise for a path, which names choices without `[x]`. */
export function nodesOnPath(node: Node, element: Child): readonly Node[] {
  const host = hostOf(node);
  if (!host) return NONE;
  const nodes = nodesOf(host, element);
  return nodes.length > 0 || element.choice ? nodes : nodesOf(host, { ...element, choice: true });
}

/** The object that has the elements below a node: the value, or the twin of a primitive. */
export function hostOf({ value, twin }: Node): JsonObject | undefined {
  return isObject(value) ? value : isObject(twin) ? twin : undefined;
}

function nodesAt(value: unknown, twin: unknown, type: string | undefined): readonly Node[] {
  if (Array.isArray(value) || Array.isArray(twin)) return listNodes(value, twin, type);
  if (value === undefined) return carries(twin) ? [{ value, twin, type, index: undefined }] : NONE;
  return [{ value, twin, type, index: undefined }];
}

function listNodes(value: unknown, twin: unknown, type: string | undefined): readonly Node[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  const twins: readonly unknown[] = Array.isArray(twin) ? twin : [];
  const length = Math.max(values.length, twins.length);
  if (length === 0) return EMPTY;
  const nodes: Node[] = [];
  for (let index = 0; index < length; index++) {
    const item = values[index] ?? undefined;
    if (item !== undefined || carries(twins[index])) nodes.push({ value: item, twin: twins[index], type, index });
  }
  return nodes;
}

/** Whether the twin stands for the value: it tells by an extension why there is none (FHIR R4, Element, "ele-1"). */
export function carries(twin: unknown): boolean {
  return isObject(twin) && Array.isArray(twin.extension) && twin.extension.length > 0;
}

const UNDERSCORE = 95;

/** JSON name under which a choice is there: `value` → `valueQuantity`. */
function chosen(host: JsonObject, name: string): string | undefined {
  const start = name.charCodeAt(0);
  for (const key of Object.keys(host)) {
    // Most keys are out of the question at once.
    const code = key.charCodeAt(0);
    if (code !== start && code !== UNDERSCORE) continue;
    const json = code === UNDERSCORE ? key.slice(1) : key;
    if (json.startsWith(name) && json.length > name.length && isType(json.slice(name.length))) return json;
  }
  return undefined;
}

let suffixes: ReadonlySet<string> | undefined;

function isType(suffix: string): boolean {
  suffixes ??= new Set([...Object.keys(datatypes), ...primitives.keys()].map(capital));
  return suffixes.has(suffix);
}

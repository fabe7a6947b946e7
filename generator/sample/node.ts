import type { Slice, Slicing } from './slices.js';
import type { Spec } from './spec.js';
import type { Json } from '../fhir/json.js';

/** Properties and indexes from the root of a JSON value. */
export type Path = readonly (string | number)[];

/** A JSON value and its place. */
interface Place {
  /** In JSON. */
  readonly path: Path;
  /** In FHIRPath: names of elements instead of those of properties. */
  readonly steps: Path;
  /** For messages, and to detect repeated attempts: with slice names instead of indexes. */
  readonly place: string;
}

/** A built value, with its constraints. */
export interface ValueNode extends Place {
  /** Its constraints, for its type. */
  readonly spec: Spec;
  /** FHIR type code. */
  readonly code: string;
  /** It is a resource. */
  readonly resource?: true;
  /** Of a primitive. */
  readonly value?: Json;
  /** Of anything else. */
  readonly members: readonly MemberNode[];
  /** Whether the instance remains valid without this item. */
  readonly more?: boolean;
  /** The slice that an item of an array was built for. */
  readonly slice?: Slice;
  /** Whether it is at the position where the type of a literal expects the slice. */
  readonly leading?: boolean;
}

/** A built property. */
export interface MemberNode extends Place {
  readonly spec: Spec;
  /** JSON property. */
  readonly key: string;
  readonly items: readonly ValueNode[];
  readonly slicing?: Slicing | undefined;
  /** Whether the value remains valid without it. */
  readonly more?: boolean;
  /** Present for the extensions of a primitive: the property with the underscore. */
  readonly twin?: true;
}

/** A property of a value. */
export function memberOf(node: ValueNode, name: string): MemberNode | undefined {
  return node.members.find(({ key }) => key === name);
}

/** The resource of an entry of a Bundle. */
export function resourceOf(entry: ValueNode): ValueNode | undefined {
  return memberOf(entry, 'resource')?.items[0];
}

/** The JSON of a value. */
export function jsonOf(node: ValueNode): Json {
  if (node.value !== undefined) return node.value;
  const members = node.members.map((member): [string, Json] => {
    const [first] = member.items;
    return [
      member.key,
      (member.spec.base.array && !member.twin) || first === undefined ? member.items.map(jsonOf) : jsonOf(first),
    ];
  });
  return Object.fromEntries(node.resource ? [['resourceType', node.code], ...members] : members);
}

/** All values below and including a value, the nearest first. */
export function* valuesOf(node: ValueNode): Generator<ValueNode> {
  yield node;
  for (const member of node.members) for (const item of member.items) yield* valuesOf(item);
}

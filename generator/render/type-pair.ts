import { type Type, union } from '../emit/type.js';

/** The type of a value, and its input type for `create`: the same object where they are equal. */
export interface TypePair {
  readonly type: Type;
  readonly input: Type;
  /** An interface can extend `type`. */
  readonly extendable?: true;
}

/**
 * A value whose input type is its own type.
 *
 * @param type of the value
 */
export function same(type: Type): TypePair {
  return { type, input: type };
}

/**
 * Whether the input type for `create` differs from the type of the value.
 *
 * @param pair of types
 */
export function differs(pair: TypePair): boolean {
  return pair.type !== pair.input;
}

/**
 * A pair made from other pairs, in the same way on both sides.
 *
 * @param pairs the parts
 * @param make the type, of the types or of the inputs
 */
export function combined(pairs: readonly TypePair[], make: (types: readonly Type[]) => Type): TypePair {
  const type = make(pairs.map((pair) => pair.type));
  return { type, input: pairs.some(differs) ? make(pairs.map((pair) => pair.input)) : type };
}

/**
 * A union of types, each once.
 *
 * @param types at least one
 */
export function distinctUnion(types: readonly Type[]): Type {
  const distinct = new Map(types.map((type) => [JSON.stringify(type), type]));
  return union([...distinct.values()]);
}

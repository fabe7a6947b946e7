import { type Type, union } from '../emit/type.js';

/** The type of a value, and the type of what `create` takes for it: the same object where they are the same. */
export interface TypePair {
  readonly type: Type;
  readonly input: Type;
  /** An interface can extend `type`. */
  readonly extendable?: true;
}

/**
 * A value that `create` takes as it is.
 *
 * @param type of the value
 */
export function same(type: Type): TypePair {
  return { type, input: type };
}

/**
 * Whether `create` takes something else than the value itself.
 *
 * @param pair of types
 */
export function differs(pair: TypePair): boolean {
  return pair.type !== pair.input;
}

/**
 * A pair that is made of others in the same way on both sides.
 *
 * @param pairs what it is made of
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

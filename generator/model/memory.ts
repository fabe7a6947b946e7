/**
 * Caches the results of a function of an object: descriptions of elements never change.
 *
 * @param make computes the value from its argument only
 */
export function rememberingOne<A extends object, V>(make: (a: A) => V): (a: A) => V {
  const memory = new WeakMap<A, { readonly value: V }>();
  return (a) => {
    const before = memory.get(a);
    if (before !== undefined) return before.value;
    const value = make(a);
    memory.set(a, { value });
    return value;
  };
}

/**
 * The same for a function of two objects.
 *
 * @param make computes the value from its arguments only
 */
export function remembering<A extends object, B extends object, V>(make: (a: A, b: B) => V): (a: A, b: B) => V {
  const ofEach = rememberingOne((b: B) => rememberingOne((a: A) => make(a, b)));
  return (a, b) => ofEach(b)(a);
}

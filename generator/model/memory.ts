/**
 * A function of an object that remembers what it gave for it: descriptions of elements never change.
 *
 * @param make gives the value, a function of its argument alone
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
 * The same of two objects.
 *
 * @param make gives the value, a function of its arguments alone
 */
export function remembering<A extends object, B extends object, V>(make: (a: A, b: B) => V): (a: A, b: B) => V {
  const ofEach = rememberingOne((b: B) => rememberingOne((a: A) => make(a, b)));
  return (a, b) => ofEach(b)(a);
}

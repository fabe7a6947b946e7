/**
 * A function of two objects that remembers what it gave for them: descriptions of elements, and what they are computed
 * with, never change.
 *
 * @param make gives the value, a function of its arguments alone
 */
export function remembering<A extends object, B extends object, V>(make: (a: A, b: B) => V): (a: A, b: B) => V {
  const memory = new WeakMap<B, WeakMap<A, { readonly value: V }>>();
  return (a, b) => {
    const known = memory.get(b) ?? new WeakMap<A, { readonly value: V }>();
    if (!memory.has(b)) memory.set(b, known);
    const before = known.get(a);
    if (before !== undefined) return before.value;
    const value = make(a, b);
    known.set(a, { value });
    return value;
  };
}

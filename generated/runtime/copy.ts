import { isPlain, setMember } from './json.js';

/**
 * The number of objects copied without tracking earlier copies: far more than a resource has, few enough to copy again.
 */
const BUDGET = 200_000;
/** The depth to which objects are copied without tracking earlier copies. */
const DEPTH = 400;

/**
 * A deep copy of arrays and plain objects, also of those that contain themselves.
 *
 * @param value anything; instances of classes stay as they are, for `create` to reject
 */
export function copyOf<T>(value: T): T {
  let left = BUDGET;

  /**
   * @param known earlier copies, tracked once the value turns out to be cyclic or very large
   */
  function copied(value: unknown, depth: number, known?: Map<unknown, unknown>): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (known?.has(value)) return known.get(value);
    if (!known && (depth > DEPTH || --left < 0)) throw AGAIN;
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      known?.set(value, items);
      for (const item of value) items.push(copied(item, depth + 1, known));
      return items;
    }
    if (!isPlain(value)) return value;
    // Copying keeps the form of the object, which is faster than setting members one by one.
    const members: Record<string, unknown> = { ...value };
    known?.set(value, members);
    for (const key in members) {
      const member = members[key];
      // Only members that someone added to Object.prototype are inherited here.
      if (typeof member === 'object' && Object.hasOwn(members, key))
        setMember(members, key, copied(member, depth + 1, known));
    }
    return members;
  }

  try {
    return copied(value, 0) as T;
  } catch (error) {
    if (error !== AGAIN) throw error;
    return copied(value, 0, new Map()) as T;
  }
}

/** Thrown to start again and track copies. */
const AGAIN: unique symbol = /* @__PURE__ */ Symbol();

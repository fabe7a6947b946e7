import { isPlain, setMember } from './json.js';

/**
 * A deep copy of arrays and plain objects, also of those that refer to themselves.
 *
 * @param value anything; instances of classes stay as they are, for `create` to refuse
 */
export function copyOf<T>(value: T): T {
  return copied(value, new Map()) as T;
}

function copied(value: unknown, known: Map<unknown, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    known.set(value, items);
    for (const item of value) items.push(copied(item, known));
    return items;
  }
  if (!isPlain(value)) return value;
  const members: Record<string, unknown> = {};
  known.set(value, members);
  for (const [key, each] of Object.entries(value)) setMember(members, key, copied(each, known));
  return members;
}

import { byCodeUnit } from '../order.js';

/** How many items a sentence names before it counts the rest. */
const SHOWN = 8;

/**
 * Lists items in a sentence: sorted, the first few by name, the rest as a count.
 *
 * @param items in any order
 */
export function listed(items: Iterable<string>): string {
  const sorted = [...new Set(items)].sort(byCodeUnit);
  const rest = sorted.length - SHOWN;
  // One more is no longer than "and 1 more".
  if (rest <= 1) return sorted.join(', ');
  return `${sorted.slice(0, SHOWN).join(', ')} and ${rest} more`;
}

/**
 * The items of the first list that are not in the second.
 *
 * @param items of one side
 * @param others of the other side
 */
export function without(items: Iterable<string>, others: Iterable<string>): readonly string[] {
  const known = new Set(others);
  return [...new Set(items)].filter((item) => !known.has(item));
}

import { byCodeUnit } from '../order.js';

/** Longer names are not compared: the table has the size of both. */
const LENGTH_LIMIT = 200;

/**
 * The names that a user who typed `wanted` may have meant, nearest first; of equally near ones, those with the most
 * similar length first.
 *
 * @param wanted the typed name
 * @param names the candidates
 * @param count the maximum number of names
 */
export function nearest(wanted: string, names: Iterable<string>, count = 3): readonly string[] {
  const target = wanted.slice(0, LENGTH_LIMIT).toLowerCase();
  const limit = Math.max(2, Math.floor(target.length / 3));
  return [...new Set(names)]
    .filter((name) => name.length <= LENGTH_LIMIT)
    .map((name) => ({ name, distance: distanceOf(target, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort(
      (a, b) =>
        a.distance - b.distance ||
        Math.abs(a.name.length - target.length) - Math.abs(b.name.length - target.length) ||
        byCodeUnit(a.name, b.name),
    )
    .slice(0, count)
    .map(({ name }) => name);
}

/** How many insertions, deletions and replacements turn one into the other; 1 when one contains the other. */
function distanceOf(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length > 3 && b.length > 3 && (a.includes(b) || b.includes(a))) return 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(changed, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}

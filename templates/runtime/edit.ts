import { isObject, listOf } from './json.js';
import { sortedItems } from './reader.js';
import type { StandardSchema } from './schema.js';
import type { ItemOf, LastOf, MayHave } from './slice-access.js';

/** `Yes` for an array without a maximum length, `No` for one with a maximum. */
type IfOpen<Items extends readonly unknown[], Yes, No> = number extends Items['length'] ? Yes : No;

/**
 * Appends items to an array and keeps its type: an array literal that spreads it loses what guards guarantee.
 *
 * @param items not changed; an array with a maximum length is not accepted
 * @param more items of the same type
 */
export function append<Items extends unknown[]>(
  items: IfOpen<Items, Items, never>,
  ...more: readonly Items[number][]
): Items {
  // Whatever holds for the items still holds with more items.
  return [...items, ...more] as Items;
}

/**
 * The items of a sliced array that belong to no slice, or whose slice cannot be decided.
 *
 * @param profile the profile as a value: `FRImagingStudyDocument`
 * @param path of the array in the profile: `identifier`, `series.instance.extension`
 * @param of the object with the array; it need not conform
 */
export function othersOf<Path extends string, Host extends MayHave<LastOf<Path>>>(
  profile: Pick<StandardSchema<unknown>, 'table'>,
  path: Path,
  of: Host,
): ItemOf<Host, LastOf<Path>>[] {
  const steps = path.split('.');
  const own = new Set([...sortedItems(profile.table, steps, of).values()].flat());
  const host: unknown = of;
  const items = isObject(host) ? listOf(host[steps.at(-1) ?? '']) : [];
  return items.filter((item) => !own.has(item)) as ItemOf<Host, LastOf<Path>>[];
}

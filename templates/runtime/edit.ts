import { isObject, listOf } from './json.js';
import { sortedItems } from './reader.js';
import type { StandardSchema } from './schema.js';
import type { ItemOf, LastOf, MayHave } from './slice-access.js';

/** `Yes` of an array that any number of items may be added to, `No` of one with a limit. */
type IfOpen<Items extends readonly unknown[], Yes, No> = number extends Items['length'] ? Yes : No;

/**
 * An array with more items at its end, of the same type: a literal that spreads it would lose what guards vouch for.
 *
 * @param items left as they are; an array with a limit is no argument
 * @param more items that are as good as those
 */
export function append<Items extends unknown[]>(
  items: IfOpen<Items, Items, never>,
  ...more: readonly Items[number][]
): Items {
  // What holds for the items holds for them with more of them.
  return [...items, ...more] as Items;
}

/**
 * The items of a sliced array that belong to no slice, or of which that cannot be decided.
 *
 * @param profile the profile as a value: `FRImagingStudyDocument`
 * @param path of the array in the profile: `identifier`, `series.instance.extension`
 * @param of what has the array; it need not conform
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

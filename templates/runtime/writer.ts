import { sliceItems } from './complete.js';
import type { ProfileCompletion } from './completion.js';
import { InputPlace } from './input-place.js';
import { isObject, listOf } from './json.js';
import { shapeAt, slicesOf } from './part.js';
import { sortedItems } from './reader.js';
import type { SliceWriter } from './slice-access.js';

/**
 * Makes a function that writes a slice, each item as `create` completes it.
 *
 * @param completion of the profile
 * @param path of the sliced element in the profile: `series.instance.extension`
 * @param key of the slice in an input
 * @returns a function that puts the items in place of those of the slice, or else after those of the slices before it
 */
export function sliceWriter<Host, Name extends keyof Host, Items extends readonly unknown[]>(
  completion: ProfileCompletion,
  path: string,
  key: string,
): SliceWriter<Host, Name, Items> {
  const steps = path.split('.');
  const name = steps.at(-1) ?? '';
  const write = (of: object, ...items: readonly unknown[]): object => {
    const all = slicesOf(completion, steps);
    const slice = all.find((each) => each.key === key) ?? { key };
    const place = new InputPlace(completion.table, items);
    place.steps.push(...steps, key);
    const given = items.flat().filter((item) => item !== undefined);
    const made = sliceItems(slice, given, shapeAt(completion, steps), place);
    const there = isObject(of) ? listOf(of[name]) : [];
    const sorted = sortedItems(completion.table, steps, of);
    const own = new Set(sorted.get(slice.name ?? key));
    const before = new Set(all.slice(0, all.indexOf(slice)).flatMap((each) => sorted.get(each.name ?? each.key) ?? []));
    const first = there.findIndex((item) => own.has(item));
    const behind = there.reduce<number>((end, item, index) => (before.has(item) ? index + 1 : end), 0);
    const at = first < 0 ? behind : first;
    const isOther = (item: unknown): boolean => !own.has(item);
    const result = [...there.slice(0, at).filter(isOther), ...made, ...there.slice(at).filter(isOther)];
    const { [name]: _, ...rest } = of as Record<string, unknown>;
    return result.length === 0 ? rest : { ...of, [name]: result };
  };
  return write as SliceWriter<Host, Name, Items>;
}

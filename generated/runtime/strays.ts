import { typeOf } from './abstract.js';
import { applyToAll } from './apply.js';
import { belongs } from './discriminator.js';
import { isObject, type Verdict } from './json.js';
import { severityOf } from './issue.js';
import type { Node } from './node.js';
import type { Broken, Run } from './run.js';
import { type Members, namesOf } from './slicing.js';
import type { ProfileTable } from './table.js';

/**
 * Reports what keeps items out of their nearest slices, where the slice requires items or every item must be in a
 * slice: a slice that requires a profile lacks an item because of an error within that item.
 *
 * @param slices that lack an item, or all slices of a closed slicing
 * @param strays items that belong to no slice
 * @param isClosed every item must be in a slice; otherwise one item is reported for each slice
 * @returns the reported items and slices
 */
export function explainStrays(
  run: Run,
  slices: readonly Members[],
  strays: readonly Node[],
  isClosed: boolean,
): ReadonlySet<Node | Members> {
  const asked = slices.filter(({ slice }) => slice.when.some(({ source }) => 'profiles' in source));
  const attempts = strays.flatMap((node) => {
    const near = asked.filter(({ slice }) => belongs(run, slice, node, isNear) !== false);
    const tried = namesOf(near);
    return near.map((members) => {
      const broken: Broken[] = [];
      run.try(() => applyToAll(run, members.slice.rule, [node]), broken);
      return { node, members, broken: broken.map((one) => ({ ...one, tried })) };
    });
  });
  const explained = new Set<Node | Members>();
  for (const { node, members, broken } of attempts.sort((a, b) => a.broken.length - b.broken.length)) {
    if (explained.has(node) || (!isClosed && explained.has(members))) continue;
    if (!broken.some(({ rule }) => severityOf(rule) === 'error')) continue;
    explained.add(node).add(members);
    run.broken?.push(...broken);
  }
  return explained;
}

/** Whether a value could conform to a profile if its parts were right. */
function isNear(_: Run, { type }: ProfileTable, { value }: Node): Verdict {
  return !isObject(value) || value['resourceType'] === typeOf(type, value);
}

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
 * Reports what keeps items out of the slices that they come closest to, where something has to be in the slice or the
 * item may be in no other: a slice that asks for a profile lacks an item because of what is wrong within it.
 *
 * @param slices that lack an item, or all slices of a closed slicing
 * @param strays items that belong to no slice
 * @param isClosed each item has to be in a slice; otherwise one item is reported for each slice
 * @returns the items and the slices of which something was reported
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

/** Whether a value could conform to a profile but for what is wrong within it. */
function isNear(_: Run, { type }: ProfileTable, { value }: Node): Verdict {
  return !isObject(value) || value['resourceType'] === typeOf(type, value);
}

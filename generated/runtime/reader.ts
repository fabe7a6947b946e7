import { isOf } from './apply.js';
import { checkProfile } from './check.js';
import { belongs } from './discriminator.js';
import type { JsonObject } from './json.js';
import { nodesOf } from './node.js';
import { childOf, type Rule, ruleOf } from './rule.js';
import { Run } from './run.js';
import type { ProfileTable } from './table.js';

/**
 * The items of a slice.
 *
 * @param table the profile
 * @param path where the sliced element stands in the profile: `series.instance.extension`
 * @param name FHIR slice name
 * @param host what the sliced element is a member of
 * @returns the items, in their order; of a slice with max 1 the item itself, or `undefined`
 */
export function sliceOf<T>(table: ProfileTable, path: string, name: string, host: object): T {
  const steps = path.split('.');
  let rule: Rule | undefined = ruleOf(table.rule);
  for (const step of steps) rule = rule?.children?.find((child) => child.name === step)?.rule;
  const slice = rule?.slicing?.slices.find((each) => each.name === name);
  const run = new Run(checkProfile, table, {}, undefined);
  const items = nodesOf(host as JsonObject, childOf(steps.at(-1) ?? ''))
    .filter((node) => slice && belongs(run, slice, node, isOf))
    .map(({ value }) => value);
  return (slice?.rule.max === 1 ? items[0] : items) as T;
}

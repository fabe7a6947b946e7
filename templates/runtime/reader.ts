import { applyProfile } from './check.js';
import type { JsonObject } from './json.js';
import { nodesOf } from './node.js';
import { childOf, type Rule, ruleOf, type Slicing } from './rule.js';
import { type Report, Run } from './run.js';
import type { SliceReader } from './slice-access.js';
import { sortIntoSlices } from './slicing.js';
import type { ProfileTable } from './table.js';
import { isOf } from './type-rule.js';

/**
 * The items of the slices of an element.
 *
 * @param table the profile
 * @param steps names of the elements that lead to the sliced element in the profile
 * @param host the object with the sliced element; it need not conform
 * @returns the items by FHIR slice name, in their order; undecided items are left out
 */
export function sortedItems(
  table: ProfileTable,
  steps: readonly string[],
  host: object,
): ReadonlyMap<string, readonly unknown[]> {
  const slicing = slicingAt(table, steps);
  if (!slicing) return new Map();
  const run = new Run(applyProfile, table, {}, { ...SILENT, broken: [] });
  const nodes = nodesOf(host as JsonObject, childOf(steps.at(-1) ?? ''));
  const { members } = sortIntoSlices(run, slicing, nodes, isOf);
  return new Map(members.map(({ slice, nodes: own }) => [slice.name, own.map(({ value }) => value)]));
}

/** Ignores broken rules, so that nothing ends the search. */
const SILENT: Omit<Report, 'broken'> = { detail: () => '', primitive: () => ['format'] };

function slicingAt(table: ProfileTable, steps: readonly string[]): Slicing | undefined {
  let rule: Rule | undefined = ruleOf(table.rule);
  for (const step of steps) rule = rule?.children?.find((child) => child.name === step)?.rule;
  return rule?.slicing;
}

/**
 * Makes a function that reads a slice.
 *
 * @param table the profile
 * @param path of the sliced element in the profile: `series.instance.extension`
 * @param name FHIR slice name
 * @returns a function that returns the items, in their order; for a slice with max 1 the item itself, or `undefined`
 */
export function sliceReader<Host, Name extends keyof Host, Result>(
  table: ProfileTable,
  path: string,
  name: string,
): SliceReader<Host, Name, Result> {
  const steps = path.split('.');
  const read = (of: object): unknown => {
    const items = sortedItems(table, steps, of).get(name) ?? [];
    const slice = slicingAt(table, steps)?.slices.find((each) => each.name === name);
    return slice?.rule.max === 1 ? items[0] : items;
  };
  return read as SliceReader<Host, Name, Result>;
}

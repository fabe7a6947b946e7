import { memo } from './json.js';
import type { ElementRule, ProfileTable } from './table.js';

/**
 * The profiles that a table leads to, including itself, by canonical: they are loaded with it, so resources that claim
 * them can be checked without further options.
 */
export const tablesWithin: (root: ProfileTable) => ReadonlyMap<string, ProfileTable> = /* @__PURE__ */ memo(
  (root: ProfileTable) => {
    const found = new Map<string, ProfileTable>();
    const open: (() => ProfileTable)[] = [() => root];
    const visit = ({ types = [], profiles: own = [], children = {}, slicing }: ElementRule): void => {
      for (const { profiles = own } of [...types, {}]) open.push(...profiles);
      for (const child of Object.values(children)) visit(child);
      for (const { when = [], rule } of slicing?.slices ?? []) {
        for (const test of when) if ('profiles' in test) open.push(...test.profiles);
        visit(rule);
      }
    };
    for (let next = open.pop(); next; next = open.pop()) {
      const table = next();
      if (found.has(table.url)) continue;
      found.set(table.url, table);
      visit(table.rule);
    }
    return found;
  },
);

import { isIdentifier } from './identifier.js';
import { scope } from './scope.js';

/** Something that needs a name. */
export interface Wish {
  /** Its identity, the same in every version of the guide, by which the ledger finds it. */
  readonly id: string;
  /** Names in order of preference: the first that is free is used. */
  readonly names: readonly [string, ...string[]];
}

/**
 * Names for the members of one type or the functions of one module, unique among themselves.
 *
 * @param wishes what needs a name
 * @param kept names of the previous output, by id: they stay, and new items get other names
 * @param taken reserved names
 * @returns the names by id
 */
export function distinct(
  wishes: readonly Wish[],
  kept: ReadonlyMap<string, string> = new Map(),
  taken: Iterable<string> = [],
): ReadonlyMap<string, string> {
  const used = new Set(taken);
  const names = new Map<string, string>();
  const give = (id: string, name: string): void => {
    names.set(id, name);
    used.add(name);
  };
  for (const { id } of wishes) {
    const name = kept.get(id);
    if (name !== undefined && isIdentifier(name) && !used.has(name) && !names.has(id)) give(id, name);
  }
  const depth = wishes.reduce((most, { names: wanted }) => Math.max(most, wanted.length), 0);
  for (let level = 0; level < depth; level += 1) {
    const open = wishes.filter((wish) => !names.has(wish.id));
    const counts = new Map<string, number>();
    for (const { names: wanted } of open) {
      const name = wanted[level];
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const { id, names: wanted } of open) {
      const name = wanted[level];
      if (name !== undefined && counts.get(name) === 1 && !used.has(name)) give(id, name);
    }
  }
  const rest = scope(used);
  for (const { id, names: wanted } of wishes) {
    if (!names.has(id)) names.set(id, rest.claim(wanted.at(-1) ?? wanted[0], id));
  }
  return names;
}

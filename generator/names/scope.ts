import { createHash } from 'node:crypto';

/** A scope of unique names. */
export interface Scope {
  /**
   * A free name.
   *
   * @param wanted what the name should be
   * @param owner what it is for, a canonical: the loser of a collision gets a suffix made from it, so that its name
   *   does not depend on how many others there are
   */
  claim(wanted: string, owner: string): string;
  /**
   * Claims a name of which all forms are free.
   *
   * @param wanted what the name should be
   * @param suffixes the suffix of each form
   * @param owner see `claim`
   */
  claimFamily(wanted: string, suffixes: readonly string[], owner: string): string;
  /** Whether a name is taken. */
  has(name: string): boolean;
}

/** The number of characters of the hash that distinguishes two owners. */
const SUFFIX_LENGTH = 6;

/**
 * @param taken reserved names
 * @param options `fold`: names that differ only in case are equal, as on Windows and macOS disks
 */
export function scope(taken: Iterable<string>, options: { readonly fold?: boolean } = {}): Scope {
  const key = (name: string): string => (options.fold === true ? name.toLowerCase() : name);
  const names = new Set([...taken].map(key));
  return {
    has: (name) => names.has(key(name)),
    claim(wanted, owner) {
      let name = wanted;
      for (let round = 0; names.has(key(name)); round += 1) name = `${wanted}_${suffix(owner, round)}`;
      names.add(key(name));
      return name;
    },
    claimFamily(wanted, suffixes, owner) {
      const isTaken = (name: string): boolean => suffixes.some((one) => names.has(key(name + one)));
      let name = wanted;
      for (let round = 0; isTaken(name); round += 1) name = `${wanted}_${suffix(owner, round)}`;
      for (const one of suffixes) names.add(key(name + one));
      return name;
    },
  };
}

function suffix(owner: string, round: number): string {
  return createHash('sha256').update(`${owner} ${round}`).digest('hex').slice(0, SUFFIX_LENGTH);
}

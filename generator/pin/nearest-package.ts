import { type PackageIdentity, packageId } from '../fhir/package-id.js';

/** The key that definitions of one kind share, and the package that one is from. */
export interface Origin {
  readonly url: string;
  readonly version: string | undefined;
  /** `name#version` */
  readonly package: string;
}

/**
 * One definition for each canonical and version. Packages repeat definitions of others; references from two places may
 * resolve to different copies. As everywhere, the copy in the first package counts.
 *
 * @param items definitions of one kind
 * @param originOf of a definition
 * @param packages in order of precedence: the root package, then its dependencies, nearest first
 * @returns each kept one with those that it replaces, including itself, in the order of their first occurrence
 */
export function nearestPackage<T>(
  items: Iterable<T>,
  originOf: (item: T) => Origin,
  packages: readonly PackageIdentity[],
): readonly { readonly kept: T; readonly all: readonly T[] }[] {
  const order = new Map(packages.map((item, index): [string, number] => [packageId(item), index]));
  const rankOf = (item: T): number => order.get(originOf(item).package) ?? Infinity;
  const groups = new Map<string, { kept: T; all: T[] }>();
  for (const item of items) {
    const { url, version } = originOf(item);
    // No canonical contains a line break.
    const key = `${url}\n${version ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { kept: item, all: [item] });
      continue;
    }
    group.all.push(item);
    if (rankOf(item) < rankOf(group.kept)) group.kept = item;
  }
  return [...groups.values()];
}

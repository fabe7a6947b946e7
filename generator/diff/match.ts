import type { ValueSetModel } from '../model/model.js';
import type { ResolvedModel, ResolvedProfile } from '../model/resolved.js';
import { lastSegment, withoutVersion } from '../fhir/canonical.js';

/** Two versions of the same thing; one side is missing when it was added or removed. */
export interface Pair<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** What on the old side is what on the new one. */
export interface Matching {
  readonly profiles: readonly Pair<ResolvedProfile>[];
  readonly valueSets: readonly Pair<ValueSetModel>[];
  /**
   * The canonical by which the new side knows what the old one calls so: without version, but for one of several
   * versions of a value set, which a model calls `url|version`.
   */
  translate(canonical: string): string;
}

/**
 * Finds the profiles and value sets of one side on the other: by canonical, and where a guide has moved to
 * another canonical base, by id or else by name. Only where that is beyond doubt: one on either side.
 *
 * @param old the old side
 * @param next the new side
 */
export function match(old: ResolvedModel, next: ResolvedModel): Matching {
  const profiles = pairs(old.profiles, next.profiles, [
    (item) => `${item.url}|${item.version ?? ''}`,
    (item) => item.url,
    (item) => `${item.type} ${item.id}`,
    (item) => `${item.type} ${item.name}`,
  ]);
  const valueSets = pairs(old.valueSets, next.valueSets, [
    (item) => `${item.url}|${item.version ?? ''}`,
    (item) => item.url,
    (item) => lastSegment(item.url),
    (item) => item.name,
  ]);
  const partners = new Map<string, string>();
  for (const { before, after } of [...profiles, ...valueSets]) {
    if (before !== undefined && after !== undefined) partners.set(before.url, after.url);
  }
  const oneOfSeveral = new Set(old.valueSets.map(({ url }) => url).filter((url) => url.includes('|')));
  const rebased = rebase(old, next);
  return {
    profiles,
    valueSets,
    translate(canonical) {
      const name = oneOfSeveral.has(canonical) ? canonical : withoutVersion(canonical);
      return partners.get(name) ?? rebased(name);
    },
  };
}

/** What could not be resolved has no id or name to be found by: it has moved when the new side looks for it there. */
function rebase(old: ResolvedModel, next: ResolvedModel): (url: string) => string {
  const [from, to] = [old.package.canonical, next.package.canonical];
  if (from === undefined || to === undefined || from === to) return (url) => url;
  const known = new Set([
    ...[...next.profiles, ...next.valueSets].map(({ url }) => url),
    ...next.unresolved.map(({ canonical }) => canonical),
  ]);
  return (url) => {
    const there = url.startsWith(`${from}/`) ? `${to}${url.slice(from.length)}` : url;
    return known.has(there) ? there : url;
  };
}

function pairs<T>(old: readonly T[], next: readonly T[], keys: readonly ((item: T) => string)[]): Pair<T>[] {
  const partner = new Map<T, T>();
  const taken = new Set<T>();
  for (const key of keys) {
    const before = unique(
      old.filter((item) => !partner.has(item)),
      key,
    );
    const after = unique(
      next.filter((item) => !taken.has(item)),
      key,
    );
    for (const [name, item] of before) {
      const found = after.get(name);
      if (found === undefined) continue;
      partner.set(item, found);
      taken.add(found);
    }
  }
  const origin = new Map([...partner].map(([before, after]) => [after, before]));
  return [
    ...next.map((after) => ({ before: origin.get(after), after })),
    ...old.filter((item) => !partner.has(item)).map((before) => ({ before, after: undefined })),
  ];
}

/** By key, what has a key of its own. */
function unique<T>(items: readonly T[], key: (item: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  const twice = new Set<string>();
  for (const item of items) {
    const name = key(item);
    if (found.has(name)) twice.add(name);
    found.set(name, item);
  }
  for (const name of twice) found.delete(name);
  return found;
}

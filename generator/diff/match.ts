import type { ValueSetModel } from '../model/model.js';
import type { ResolvedProfile } from '../model/resolved.js';
import { UsageError } from '../errors.js';
import { lastSegment, withoutVersion } from '../fhir/canonical.js';
import { packageName } from '../fhir/package-id.js';
import { mappedPairs, type Mapping, type MatchedSide } from './mapping.js';
import { similarity, sliceRenames } from './renames.js';

/** Two versions of the same thing; one side is missing when it was added or removed. */
export interface Pair<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** The correspondence between the old and the new side. */
export interface Matching {
  readonly profiles: readonly Pair<ResolvedProfile>[];
  readonly valueSets: readonly Pair<ValueSetModel>[];
  /**
   * The canonical on the new side of a definition of the old side: without version, except for one of several versions
   * of a value set, which a model names `url|version`.
   */
  translate(canonical: string): string;
  /** Names of packages on the new side, by the name on the old one: that of the guide, and those that the user maps. */
  readonly packages: ReadonlyMap<string, string>;
  /** Renamed slices, by canonical of the profile on the old side, see `sliceRenames`. */
  readonly slices: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/**
 * Matches the profiles and value sets of two sides: first those that the user maps, then by canonical and, where a
 * guide has moved to another canonical base, by id or else by name, in the same package first; last, profiles of one
 * type with the same constraints, and value sets with the same codes. Only unambiguous matches count: one on either side.
 *
 * @param before the old side
 * @param after the new side
 * @param mapping see {@link Mapping}; none if absent
 * @throws UsageError when the mapping names something that does not exist
 */
export function match(before: MatchedSide, after: MatchedSide, mapping: Mapping = new Map()): Matching {
  const [old, next] = [before.model, after.model];
  const { packages, forced, slices: forcedSlices } = mappedPairs(before, after, mapping);
  /** The package on the new side: of a definition of the old one, or of the new one. */
  const home = new Map(
    [...old.profiles, ...old.valueSets].map((item) => [item, packages.get(packageName(item.package))]),
  );
  const packageOf = (item: ResolvedProfile | ValueSetModel): string => home.get(item) ?? packageName(item.package);
  const profiles = pairs(
    old.profiles,
    next.profiles,
    [
      (item) => `${item.url}|${item.version ?? ''}`,
      (item) => item.url,
      (item) => `${packageOf(item)} ${item.type} ${item.id}`,
      (item) => `${packageOf(item)} ${item.type} ${item.name}`,
      (item) => `${item.type} ${item.id}`,
      (item) => `${item.type} ${item.name}`,
    ],
    forced,
    alike,
  );
  const valueSets = pairs(
    old.valueSets,
    next.valueSets,
    [
      (item) => `${item.url}|${item.version ?? ''}`,
      (item) => item.url,
      (item) => `${packageOf(item)} ${lastSegment(item.url)}`,
      (item) => `${packageOf(item)} ${item.name}`,
      (item) => lastSegment(item.url),
      (item) => item.name,
      codesKey,
    ],
    forced,
    () => [],
  );
  const partners = new Map<string, string>();
  for (const { before, after } of [...profiles, ...valueSets]) {
    if (before !== undefined && after !== undefined) partners.set(before.url, after.url);
  }
  const oneOfSeveral = new Set(old.valueSets.map(({ url }) => url).filter((url) => url.includes('|')));
  const rebased = rebase(before, after, packages);
  const translate = (canonical: string): string => {
    const name = oneOfSeveral.has(canonical) ? canonical : withoutVersion(canonical);
    return partners.get(name) ?? rebased(name);
  };
  const slices = profiles.flatMap(({ before, after }): [string, ReadonlyMap<string, string>][] =>
    before === undefined || after === undefined || before.type !== after.type
      ? []
      : [[before.url, sliceRenames(before.root, after.root, translate, forcedSlices.get(before.url))]],
  );
  for (const [url, own] of forcedSlices) {
    for (const [from, to] of own) {
      if (slices.some(([profile, found]) => profile === url && found.get(from) === to)) continue;
      throw new UsageError(`--map: ${url} has no slice ${from} that could be renamed to ${to} on the new side`);
    }
  }
  return { profiles, valueSets, translate, packages, slices: new Map(slices) };
}

/** Pairs of similar profiles of one type; each profile is the most similar to the other. */
function alike(
  old: readonly ResolvedProfile[],
  next: readonly ResolvedProfile[],
): readonly (readonly [ResolvedProfile, ResolvedProfile])[] {
  const scored = old.flatMap((before) =>
    next
      .filter(({ type, kind }) => type === before.type && kind === before.kind)
      .map((after) => ({ before, after, score: similarity(before.root, after.root) }))
      .filter(({ score }) => score > 0),
  );
  const isBest = ({ before, after, score }: (typeof scored)[number]): boolean =>
    scored.every(
      (other) =>
        (other.before === before) === (other.after === after) ||
        (other.before !== before && other.after !== after) ||
        other.score < score,
    );
  return scored.filter(isBest).map(({ before, after }) => [before, after] as const);
}

/** All codes of a value set, if it has several: two value sets with the same codes are one under two names. */
function codesKey({ url, systems, closed }: ValueSetModel): string {
  const codes = systems.flatMap(({ system, concepts }) => concepts.map(({ code }) => `${system}|${code}`));
  return closed && codes.length > 1 ? codes.sort().join('\n') : url;
}

/** What could not be resolved has no id or name to be found by: it has moved when the new side looks for it there. */
function rebase(
  before: MatchedSide,
  after: MatchedSide,
  packages: ReadonlyMap<string, string>,
): (url: string) => string {
  const bases = [...packages].flatMap(([old, next]) => {
    const [from, to] = [baseOf(before, old), baseOf(after, next)];
    return from === undefined || to === undefined || from === to ? [] : [{ from, to }];
  });
  const known = new Set([
    ...[...after.model.profiles, ...after.model.valueSets].map(({ url }) => url),
    ...after.model.unresolved.map(({ canonical }) => canonical),
  ]);
  return (url) => {
    const places = bases.flatMap(({ from, to }) => (url.startsWith(`${from}/`) ? [to + url.slice(from.length)] : []));
    return places.find((place) => known.has(place)) ?? url;
  };
}

/** The canonical base of a package. */
function baseOf({ model, packages }: MatchedSide, name: string): string | undefined {
  return [model.package, ...packages].find((one) => one.name === name)?.canonical;
}

function pairs<T extends { readonly url: string }>(
  old: readonly T[],
  next: readonly T[],
  keys: readonly ((item: T) => string)[],
  forced: Mapping,
  likely: (old: readonly T[], next: readonly T[]) => readonly (readonly [T, T])[],
): Pair<T>[] {
  const partner = new Map<T, T>();
  const taken = new Set<T>();
  const join = (before: T, after: T): void => {
    partner.set(before, after);
    taken.add(after);
  };
  const lost = (): readonly T[] => old.filter((item) => !partner.has(item));
  const fresh = (): readonly T[] => next.filter((item) => !taken.has(item));
  for (const before of old) {
    const after = next.find(({ url }) => url === forced.get(before.url));
    if (after !== undefined) join(before, after);
  }
  for (const key of keys) {
    const after = unique(fresh(), key);
    for (const [name, item] of unique(lost(), key)) {
      const found = after.get(name);
      if (found !== undefined) join(item, found);
    }
  }
  for (const [before, after] of likely(lost(), fresh())) join(before, after);
  const origin = new Map([...partner].map(([before, after]) => [after, before]));
  return [
    ...next.map((after) => ({ before: origin.get(after), after })),
    ...lost().map((before) => ({ before, after: undefined })),
  ];
}

/** Items by key, without those that share a key. */
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

import { UsageError } from '../errors.js';
import { lastSegment } from '../fhir/canonical.js';
import type { ResolvedModel } from '../model/resolved.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';

/** What is matched of one side. */
export interface MatchedSide {
  readonly model: ResolvedModel;
  /** Every package that something was taken from. */
  readonly packages: PinnedSnapshot['packages'];
}

/**
 * Profiles and value sets that the user maps to each other: canonical, id or name on the old side, and on the new side.
 * Also slices: `profile#Patient.identifier:old`, and `Patient.identifier:new`; and packages, by name.
 */
export type Mapping = ReadonlyMap<string, string>;

/** What the user maps, by kind. */
export interface MappedPairs {
  /** Names of packages: old, new; that of the guide is always there. */
  readonly packages: ReadonlyMap<string, string>;
  /** Canonicals of profiles and value sets: old, new. */
  readonly forced: ReadonlyMap<string, string>;
  /** Ids of slices, old and new, by canonical of the profile on the old side. */
  readonly slices: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/**
 * Finds what a mapping names.
 *
 * @param before the old side
 * @param after the new side
 * @param mapping see {@link Mapping}
 * @throws UsageError when a name is unknown or ambiguous, or two pairs contradict each other
 */
export function mappedPairs(before: MatchedSide, after: MatchedSide, mapping: Mapping): MappedPairs {
  const [old, next] = [before.model, after.model];
  const ofSlices = [...mapping].filter(([from]) => SLICE.test(from));
  const others = [...mapping].filter(([from]) => !SLICE.test(from));
  const isOfPackage = ([from]: readonly [string, string]): boolean =>
    named(old, from) === undefined && hasPackage(before, from);
  return {
    packages: packagePairs(before, after, others.filter(isOfPackage)),
    forced: forcedPairs(
      old,
      next,
      others.filter((pair) => !isOfPackage(pair)),
    ),
    slices: slicePairs(old, ofSlices),
  };
}

/** A profile and the id of a slice in it: `profile#id`. */
const SLICE = /^(.+)#([^#]+:[^#]+)$/;

/** The mapped slices of each profile of the old side, by canonical: old id, new id. */
function slicePairs(
  old: ResolvedModel,
  mapping: readonly (readonly [string, string])[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const pairsOf = new Map<string, Map<string, string>>();
  for (const [from, to] of mapping) {
    const [, profile = '', slice = ''] = SLICE.exec(from) ?? [];
    const url = named(old, profile);
    const type = old.profiles.find((one) => one.url === url)?.type;
    if (url === undefined || type === undefined) {
      throw new UsageError(`--map: the old side has ${noneOf(old, profile, 'profile')}`);
    }
    const idOf = (text: string): string => (text.startsWith(`${type}.`) ? text.slice(type.length + 1) : text);
    pairsOf.set(url, (pairsOf.get(url) ?? new Map<string, string>()).set(idOf(slice), idOf(to)));
  }
  return pairsOf;
}

/** The mapped definitions: old canonical, new canonical. Each definition of a side has at most one on the other. */
function forcedPairs(
  old: ResolvedModel,
  next: ResolvedModel,
  mapping: readonly (readonly [string, string])[],
): Mapping {
  const forced = new Map<string, string>();
  const origin = new Map<string, string>();
  for (const [from, to] of mapping) {
    const [before, after] = [named(old, from), named(next, to)];
    if (before === undefined) {
      throw new UsageError(`--map: the old side has ${noneOf(old, from, 'profile, value set or package')}`);
    }
    if (after === undefined)
      throw new UsageError(`--map: the new side has ${noneOf(next, to, 'profile or value set')}`);
    if (isValueSet(old, before) !== isValueSet(next, after)) {
      throw new UsageError(`--map: ${from} and ${to} are a profile and a value set: they cannot correspond`);
    }
    if ((forced.get(before) ?? after) !== after || (origin.get(after) ?? before) !== before) {
      const twice = (forced.get(before) ?? after) !== after ? `${before} of the old side` : `${after} of the new side`;
      throw new UsageError(`--map: ${twice} is mapped twice: map it once`);
    }
    forced.set(before, after);
    origin.set(after, before);
  }
  return forced;
}

function isValueSet({ valueSets }: ResolvedModel, canonical: string): boolean {
  return valueSets.some(({ url }) => url === canonical);
}

/** Why a name means nothing, as the end of a sentence: there is nothing of that name, or more than one. */
function noneOf(model: ResolvedModel, text: string, kinds: string): string {
  const [first, second] = allNamed(model, text);
  if (first === undefined || second === undefined) return `no ${kinds} ${text}`;
  return `several of the name ${text}: write the canonical, such as ${first}`;
}

function hasPackage({ model, packages }: MatchedSide, name: string): boolean {
  return [model.package, ...packages].some((one) => one.name === name);
}

/** Old name, new name. The guides of the two sides correspond whatever their names. */
function packagePairs(
  before: MatchedSide,
  after: MatchedSide,
  mapping: readonly (readonly [string, string])[],
): ReadonlyMap<string, string> {
  const [from, to] = [before.model.package.name, after.model.package.name];
  const pairs = new Map([[from, to]]);
  for (const [old, next] of mapping) {
    if (!hasPackage(after, next)) throw new UsageError(`--map: the new side has no package ${next}`);
    if (old === from && next !== to)
      throw new UsageError(`--map: the package ${from} is compared with ${to}, not ${next}`);
    pairs.set(old, next);
  }
  return pairs;
}

/** The canonical of the profile or value set with a name; `undefined` if there is none, or more than one. */
function named(model: ResolvedModel, text: string): string | undefined {
  const [first, ...others] = allNamed(model, text);
  return others.length === 0 ? first : undefined;
}

/** The canonicals that a text can mean: itself, or those of the profiles and value sets with that id or name. */
function allNamed({ profiles, valueSets }: ResolvedModel, text: string): readonly string[] {
  const exact = [...profiles, ...valueSets].find(({ url }) => url === text);
  if (exact !== undefined) return [exact.url];
  return [
    ...profiles.filter(({ id, name }) => id === text || name === text),
    ...valueSets.filter(({ url, name }) => lastSegment(url) === text || name === text),
  ].map(({ url }) => url);
}

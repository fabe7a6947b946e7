import { CodegenError, type Where } from '../errors.js';
import type { FhirPackage } from '../fhir/package.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import { matches } from './pattern.js';

/** A profile that patterns are matched against. */
export interface Candidate {
  readonly url: string;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** Patterns that select profiles of a package. */
export interface Patterns {
  /** All, if absent. */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** The profiles that patterns select. */
export interface Selected {
  /** Canonicals. */
  readonly profiles: readonly string[];
  /** Patterns that match some profile. */
  readonly used: readonly string[];
}

/**
 * Selects profiles.
 *
 * @param candidates the profiles of a package
 * @param patterns canonicals, ids or names, in which `*` matches any text
 * @param where the package, for messages
 * @throws CodegenError when none is left
 */
export function select(candidates: readonly Candidate[], patterns: Patterns, where: Where = {}): Selected {
  const { include, exclude = [] } = patterns;
  const used = new Set<string>();
  const fits = (candidate: Candidate, all: readonly string[]): boolean => {
    const texts = [candidate.url, candidate.id, candidate.name].filter((one) => one !== undefined);
    const fitting = all.filter((pattern) => texts.some((one) => matches(pattern, one)));
    for (const pattern of fitting) used.add(pattern);
    return fitting.length > 0;
  };
  const profiles = candidates.filter((candidate) => {
    const isExcluded = fits(candidate, exclude);
    return (include === undefined || fits(candidate, include)) && !isExcluded;
  });
  if (profiles.length === 0) {
    throw new CodegenError(`include and exclude leave none of the ${candidates.length} profiles`, where);
  }
  return { profiles: profiles.map(({ url }) => url), used: [...used] };
}

/**
 * The profiles of a loaded package: those that `pin` takes when none is named.
 *
 * @param from the package
 */
export function profilesOf({ resources }: FhirPackage): readonly Candidate[] {
  return resources
    .filter(
      (resource) =>
        resource.resourceType === 'StructureDefinition' &&
        resource.containedIn === undefined &&
        resource['derivation'] === 'constraint' &&
        (resource['kind'] === 'resource' || resource['kind'] === 'complex-type'),
    )
    .map((resource) => ({ url: resource.url, id: textOf(resource['id']), name: textOf(resource['name']) }));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * The profiles that a pinned snapshot was made for.
 *
 * @param snapshot the facts
 */
export function pinnedProfilesOf(snapshot: PinnedSnapshot): readonly Candidate[] {
  const asked = new Set(snapshot.profiles);
  return snapshot.structureDefinitions.filter((item) => item.derivation === 'constraint' && asked.has(item.url));
}

import { CodegenError, type Warning } from '../errors.js';
import type { FactRegistry } from '../facts/registry.js';
import type { CanonicalLookup } from '../fhir/canonical-lookup.js';
import { packageId, type PackageIdentity } from '../fhir/package-id.js';
import type { ConformanceResource, FhirPackage, PackagedResource } from '../fhir/package.js';
import { releaseOf } from '../fhir/release.js';
import type { Definitions } from '../load/definitions.js';
import { byCodeUnit } from '../order.js';
import type { SnapshotFailure } from '../snapshot/with-snapshots.js';
import type { Expansions } from '../terminology/expand.js';
import { closureOf } from './closure.js';
import type { PinLimits } from './limits.js';
import { nearest } from './nearest.js';
import { type PinnedSnapshot, type PinnedStructureDefinition, SNAPSHOT_FORMAT, type Unresolved } from './snapshot.js';
import { mergeUnresolved } from './unresolved.js';
import { type BoundValueSet, boundValueSets, pinValueSets } from './value-sets.js';
import { snapshotWarnings } from './warnings.js';

/** The pinned snapshot, and warnings for the user. */
export interface Pinned {
  readonly snapshot: PinnedSnapshot;
  readonly warnings: readonly Warning[];
}

/** The context of {@link pinProfiles}. */
export interface PinContext {
  /** Finds among the packages of the definitions. */
  readonly lookup: CanonicalLookup;
  /** Canonicals, ids or names of the requested profiles; all profiles of the package if absent. */
  readonly profiles?: readonly string[] | undefined;
  /** Definitions whose snapshots could not be generated. */
  readonly failed: readonly SnapshotFailure[];
  readonly limits: PinLimits;
  /** The registered facts of elements; all if absent. */
  readonly facts?: FactRegistry | undefined;
}

/** The facts of the requested profiles and of everything that they depend on, before value sets are expanded. */
export interface PinnedProfiles {
  /** Canonicals of the requested profiles, sorted. */
  readonly profiles: readonly string[];
  readonly structureDefinitions: readonly PinnedStructureDefinition[];
  /** The value sets to expand, in this order. */
  readonly valueSets: readonly BoundValueSet[];
  readonly unresolved: readonly Unresolved[];
  readonly warnings: readonly Warning[];
}

/**
 * Takes the requested profiles from the packages, with all definitions that they derive from and refer to.
 *
 * @param definitions the result of load, with snapshots
 * @param context see {@link PinContext}
 * @throws CodegenError when a requested profile is missing, FHIR's own types are missing, or a limit is exceeded
 */
export function pinProfiles(definitions: Definitions, context: PinContext): PinnedProfiles {
  const { lookup, limits } = context;
  const { packages } = definitions;
  const roots = rootsOf(definitions, context.profiles, lookup);
  const failures = new Map(
    context.failed.map(({ definition, ...failure }): [ConformanceResource, Warning] => [definition, failure]),
  );
  const closure = closureOf(roots, { lookup, packages, failures, limits, facts: context.facts });
  const bound = boundValueSets(closure.structureDefinitions, lookup, packages);
  return {
    profiles: [...new Set(roots.map(({ resource }) => resource.url))].sort(byCodeUnit),
    structureDefinitions: closure.structureDefinitions,
    valueSets: bound.valueSets,
    unresolved: [...closure.unresolved, ...bound.unresolved],
    warnings: [...closure.warnings, ...bound.warnings],
  };
}

/**
 * The pinned snapshot: the requested profiles with everything that they depend on, and the value sets that they bind.
 *
 * @param definitions the result of load, and the other packages that the profiles are from
 * @param pinned see {@link pinProfiles}
 * @param expansions of the value sets that they bind
 * @param limits see {@link PinLimits}
 */
export function pinnedSnapshot(
  definitions: Definitions & { readonly also: readonly PackageIdentity[] },
  pinned: PinnedProfiles,
  expansions: Expansions,
  limits: PinLimits,
): Pinned {
  const { profiles, structureDefinitions } = pinned;
  const valueSets = pinValueSets(pinned.valueSets, expansions.valueSets, limits);
  const taken = new Set(expansions.packages);
  for (const item of [...structureDefinitions, ...valueSets]) taken.add(item.package);
  const missing = definitions.missing.map((item): Unresolved => ({
    kind: 'package',
    canonical: packageId(item),
    usedBy: item.wantedBy,
  }));
  const snapshot: PinnedSnapshot = {
    format: SNAPSHOT_FORMAT,
    package: identityOf(definitions.root, true),
    fhirVersion: releaseOf(definitions.root).core.version,
    ...(definitions.also.length > 0 && {
      also: definitions.also.map(({ name, version }) => ({ name, version })).sort(byIdentity),
    }),
    packages: definitions.packages
      .filter((item) => taken.has(packageId(item)))
      .map((item) => identityOf(item, false))
      .sort(byIdentity),
    profiles,
    structureDefinitions,
    valueSets,
    unresolved: mergeUnresolved([...missing, ...pinned.unresolved, ...expansions.unresolved]),
  };
  // Load has already reported the missing packages, with the reason.
  const news = { ...snapshot, unresolved: snapshot.unresolved.filter(({ kind }) => kind !== 'package') };
  return { snapshot, warnings: [...pinned.warnings, ...snapshotWarnings(news)] };
}

function byIdentity(a: PackageIdentity, b: PackageIdentity): number {
  return byCodeUnit(a.name, b.name) || byCodeUnit(a.version, b.version);
}

function identityOf(item: FhirPackage, withTitle: boolean): PinnedSnapshot['package'] {
  return {
    name: item.name,
    version: item.version,
    ...(item.canonical !== undefined && { canonical: item.canonical }),
    ...(withTitle && item.title !== undefined && { title: item.title }),
  };
}

function isProfile({ resource }: PackagedResource): boolean {
  return (
    resource.resourceType === 'StructureDefinition' &&
    resource.containedIn === undefined &&
    resource['derivation'] === 'constraint' &&
    (resource['kind'] === 'resource' || resource['kind'] === 'complex-type')
  );
}

/** Of two files with one canonical and version, the first counts, as it does for references to it. */
function isFirst({ resource, package: from }: PackagedResource, lookup: CanonicalLookup): boolean {
  const canonical = typeof resource.version === 'string' ? `${resource.url}|${resource.version}` : resource.url;
  const match = lookup.find('StructureDefinition', canonical, from);
  return match?.resource === resource || match?.resource.version !== resource.version;
}

function rootsOf(
  definitions: Definitions,
  wanted: readonly string[] | undefined,
  lookup: CanonicalLookup,
): readonly PackagedResource[] {
  const { root } = definitions;
  const own = root.resources
    .map((resource) => ({ resource, package: root }))
    .filter((found) => isProfile(found) && isFirst(found, lookup));
  if (wanted === undefined) return own;
  return wanted.flatMap((name) => {
    const byName = own.filter(({ resource }) => [resource.url, resource['id'], resource['name']].includes(name));
    if (byName.length > 0) return byName;
    const elsewhere = lookup.find('StructureDefinition', name);
    if (elsewhere !== undefined && isProfile(elsewhere)) return [elsewhere];
    throw unknownProfile(name, own, root);
  });
}

function unknownProfile(name: string, own: readonly PackagedResource[], root: FhirPackage): CodegenError {
  const names = own.flatMap(({ resource }) => [resource.url, resource['id'], resource['name']]);
  const near = nearest(
    name,
    names.filter((item) => typeof item === 'string'),
  );
  const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : `list shows its ${own.length} profiles`;
  return new CodegenError(`there is no profile ${JSON.stringify(name)}: ${hint}`, { package: packageId(root) });
}

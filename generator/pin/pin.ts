import { CodegenError, type Warning } from '../errors.js';
import type { FactRegistry } from '../facts/registry.js';
import type { Definitions, LoadedPackage } from '../load/definitions.js';
import { releaseOf } from '../load/fhir-version.js';
import { CanonicalLookup } from '../load/lookup.js';
import { byCodeUnit } from '../order.js';
import { closureOf, type Found } from './closure.js';
import { DEFAULT_LIMITS, type PinLimits } from './limits.js';
import { nearest } from './nearest.js';
import { type PinnedSnapshot, SNAPSHOT_FORMAT } from './snapshot.js';
import type { SnapshotOf } from './structure-definition.js';
import { boundValueSets } from './terminology/bound.js';
import { UnresolvedLog } from './unresolved.js';
import { snapshotWarnings } from './warnings.js';
import { packageId } from '../fhir/package-id.js';

/** What the caller may choose. */
export interface PinOptions {
  /** Canonicals, ids or names of the wanted profiles; all profiles of the package when it is left out. */
  readonly profiles?: readonly string[] | undefined;
  /** Makes snapshots for profiles that have only a differential; without it they are left out with a warning. */
  readonly snapshotOf?: SnapshotOf | undefined;
  readonly limits?: Partial<PinLimits> | undefined;
  /** Facts of elements that there are; all if absent. */
  readonly facts?: FactRegistry | undefined;
}

/** The pinned snapshot, and what the user should know about it. */
export interface Pinned {
  readonly snapshot: PinnedSnapshot;
  readonly warnings: readonly Warning[];
}

/**
 * Takes from the packages what generation needs: the wanted profiles with all that they stand on and refer to, and
 * the value sets that close their codes. Looks at no disk and no network, and gives the same bytes for the same
 * packages in whatever order their files come.
 *
 * @param definitions as load hands them over
 * @throws CodegenError when a wanted profile is not there, FHIR's own types are missing, or a limit is passed
 */
export function pin(definitions: Definitions, options: PinOptions = {}): Pinned {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const lookup = new CanonicalLookup(definitions);
  const roots = rootsOf(definitions, options.profiles, lookup);
  const unresolved = new UnresolvedLog();
  for (const missing of definitions.missing) unresolved.addPackage(missing);
  const closure = closureOf(roots, {
    lookup,
    packages: definitions.packages,
    unresolved,
    snapshotOf: options.snapshotOf,
    limits,
    facts: options.facts,
  });
  const bound = boundValueSets(closure.structureDefinitions, {
    lookup,
    packages: definitions.packages,
    unresolved,
    limits,
  });
  const taken = new Set(bound.packages);
  for (const item of [...closure.structureDefinitions, ...bound.valueSets]) taken.add(item.package);
  const snapshot: PinnedSnapshot = {
    format: SNAPSHOT_FORMAT,
    package: identityOf(definitions.root, true),
    fhirVersion: releaseOf(definitions.root).core.version,
    packages: definitions.packages
      .filter((item) => taken.has(packageId(item)))
      .map((item) => identityOf(item, false))
      .sort((a, b) => byCodeUnit(a.name, b.name) || byCodeUnit(a.version, b.version)),
    profiles: [...new Set(roots.map((found) => found.resource.url))].sort(byCodeUnit),
    structureDefinitions: closure.structureDefinitions,
    valueSets: bound.valueSets,
    unresolved: unresolved.list(),
  };
  return {
    snapshot,
    warnings: [...closure.warnings, ...bound.warnings, ...snapshotWarnings(snapshot)],
  };
}

function identityOf(item: LoadedPackage, withTitle: boolean): PinnedSnapshot['package'] {
  return {
    name: item.name,
    version: item.version,
    ...(item.canonical !== undefined && { canonical: item.canonical }),
    ...(withTitle && item.title !== undefined && { title: item.title }),
  };
}

function isProfile({ resource }: Found): boolean {
  return (
    resource.resourceType === 'StructureDefinition' &&
    resource['derivation'] === 'constraint' &&
    (resource['kind'] === 'resource' || resource['kind'] === 'complex-type')
  );
}

/** Of two files with one canonical and version, the first counts, here as for those who refer to it. */
function isFirst({ resource, package: from }: Found, lookup: CanonicalLookup): boolean {
  const canonical = typeof resource.version === 'string' ? `${resource.url}|${resource.version}` : resource.url;
  const match = lookup.find('StructureDefinition', canonical, from);
  return match?.resource === resource || match?.resource.version !== resource.version;
}

function rootsOf(
  definitions: Definitions,
  wanted: readonly string[] | undefined,
  lookup: CanonicalLookup,
): readonly Found[] {
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

function unknownProfile(name: string, own: readonly Found[], root: LoadedPackage): CodegenError {
  const names = own.flatMap(({ resource }) => [resource.url, resource['id'], resource['name']]);
  const near = nearest(
    name,
    names.filter((item) => typeof item === 'string'),
  );
  const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : `the package has ${own.length} profiles`;
  return new CodegenError(`there is no profile ${JSON.stringify(name)}: ${hint}`, { package: packageId(root) });
}

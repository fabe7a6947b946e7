import { CodegenError, type Warning } from '../errors.js';
import type { Definitions, LoadedPackage } from '../load/definitions.js';
import { closureOf, type Find, type Found, packageId } from './closure.js';
import { DEFAULT_LIMITS, type PinLimits } from './limits.js';
import { nearest } from './nearest.js';
import { compareText } from './order.js';
import { type PinnedSnapshot, SNAPSHOT_FORMAT } from './snapshot.js';
import type { SnapshotOf } from './structure-definition.js';
import { boundValueSets } from './terminology/bound.js';
import { UnresolvedLog, unresolvedWarning } from './unresolved.js';

/** What the caller may choose. */
export interface PinOptions {
  /** Canonicals, ids or names of the wanted profiles; all profiles of the package when it is left out. */
  readonly profiles?: readonly string[] | undefined;
  /** Makes snapshots for profiles that have only a differential; without it they are left out with a warning. */
  readonly snapshotOf?: SnapshotOf | undefined;
  readonly limits?: Partial<PinLimits> | undefined;
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
  const find = finderOf(definitions.packages);
  const roots = rootsOf(definitions, options.profiles, find);
  const unresolved = new UnresolvedLog();
  for (const missing of definitions.missing) unresolved.addPackage(missing);
  const closure = closureOf(roots, {
    find,
    packages: definitions.packages,
    unresolved,
    snapshotOf: options.snapshotOf,
    limits,
  });
  const valueSets = boundValueSets(closure.structureDefinitions, { find, unresolved, limits });
  const taken = new Set([...closure.structureDefinitions, ...valueSets.valueSets].map((item) => item.package));
  const snapshot: PinnedSnapshot = {
    format: SNAPSHOT_FORMAT,
    package: identityOf(definitions.root, true),
    fhirVersion: fhirVersionOf(definitions),
    packages: definitions.packages
      .filter((item) => taken.has(packageId(item)))
      .map((item) => identityOf(item, false))
      .sort((a, b) => compareText(a.name, b.name) || compareText(a.version, b.version)),
    profiles: [...new Set(roots.map((found) => found.resource.url))].sort(compareText),
    structureDefinitions: closure.structureDefinitions,
    valueSets: valueSets.valueSets,
    unresolved: unresolved.list(),
  };
  return {
    snapshot,
    warnings: [...closure.warnings, ...valueSets.warnings, ...snapshot.unresolved.map(unresolvedWarning)],
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

/** The package's own word, else that of the FHIR package that it stands on. */
function fhirVersionOf(definitions: Definitions): string {
  const own = definitions.root.fhirVersions.find((version) => /^4\.[0-9.]+$/.test(version));
  return own ?? definitions.packages.find((item) => /^hl7\.fhir\.r4b?\.core$/.test(item.name))?.version ?? '4.0.1';
}

function isProfile({ resource }: Found): boolean {
  return (
    resource.resourceType === 'StructureDefinition' &&
    resource['derivation'] === 'constraint' &&
    (resource['kind'] === 'resource' || resource['kind'] === 'complex-type')
  );
}

function rootsOf(definitions: Definitions, wanted: readonly string[] | undefined, find: Find): readonly Found[] {
  const own = definitions.root.resources.map((resource) => ({ resource, package: definitions.root })).filter(isProfile);
  if (wanted === undefined) return own;
  return wanted.flatMap((name) => {
    const byName = own.filter(({ resource }) => [resource.url, resource['id'], resource['name']].includes(name));
    if (byName.length > 0) return byName;
    const elsewhere = find('StructureDefinition', name);
    if (elsewhere !== undefined && isProfile(elsewhere)) return [elsewhere];
    throw unknownProfile(name, own, definitions.root);
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

/** The first package that has the canonical, and of it the version that is asked for. */
function finderOf(packages: readonly LoadedPackage[]): Find {
  const byUrl = new Map<string, Found[]>();
  for (const from of packages) {
    for (const resource of from.resources) {
      const key = `${resource.resourceType} ${resource.url}`;
      byUrl.set(key, [...(byUrl.get(key) ?? []), { resource, package: from }]);
    }
  }
  return (kind, canonical) => {
    const [url = '', version] = canonical.split('|');
    const found = byUrl.get(`${kind} ${url}`) ?? byUrl.get(`${kind} ${decodeURIComponent(url)}`);
    return found?.find(({ resource }) => resource.version === version) ?? found?.[0];
  };
}

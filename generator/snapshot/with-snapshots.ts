import { setImmediate } from 'node:timers/promises';
import { CodegenError, type Warning } from '../errors.js';
import type { Definitions } from '../load/definitions.js';
import type { ConformanceResource, FhirPackage, PackagedResource } from '../fhir/package.js';
import { releaseOf } from '../fhir/release.js';
import { canonicalWithin } from '../fhir/canonical.js';
import { CanonicalLookup } from '../fhir/canonical-lookup.js';
import { type DefinitionReferences, DefinitionWalk } from '../fhir/definition-walk.js';
import { byCodeUnit } from '../order.js';
import { DEFAULT_LIMITS, type SnapshotLimits } from './limits.js';
import { SnapshotMaker } from './maker.js';
import { isRawElement, publishedElements, type RawElement, typesOf } from './raw-element.js';

/** Options of {@link withSnapshots}. */
export interface SnapshotOptions {
  /** Canonicals, ids or names of the requested profiles; all profiles of the package if absent. */
  readonly profiles?: readonly string[] | undefined;
  readonly limits?: Partial<SnapshotLimits> | undefined;
  /** Called after each generated snapshot, with their number. */
  readonly onMade?: ((made: number) => void) | undefined;
}

/** Definitions with snapshots, except those that could not be generated. */
export interface WithSnapshots {
  /** The same object as the argument if no snapshot had to be generated. */
  readonly definitions: Definitions;
  /** Warnings about the generated snapshots. */
  readonly warnings: readonly Warning[];
  /** The profiles without a snapshot, with the reasons; sorted by canonical. */
  readonly failed: readonly SnapshotFailure[];
}

/** A profile whose snapshot cannot be generated, with the reason. */
export interface SnapshotFailure extends Warning {
  readonly definition: ConformanceResource;
}

/**
 * Generates the missing snapshots of the requested profiles and of all definitions that they refer to (FHIR R4,
 * StructureDefinition.snapshot is 0..1: authors and SUSHI leave it to the publisher). Uses neither disk nor network.
 *
 * @param definitions the result of load; not changed
 * @param options the requested profiles, and limits
 * @returns the definitions for pin; a profile whose snapshot cannot be generated does not affect others
 */
export async function withSnapshots(definitions: Definitions, options: SnapshotOptions = {}): Promise<WithSnapshots> {
  if (!definitions.packages.some(({ resources }) => resources.some(lacksSnapshot))) {
    return { definitions, warnings: [], failed: [] };
  }
  const lookup = new CanonicalLookup(definitions);
  const core = releaseOf(definitions.root).core;
  const maker = new SnapshotMaker({ lookup, core, limits: { ...DEFAULT_LIMITS, ...options.limits } });
  const made = new Map<ConformanceResource, readonly RawElement[]>();
  const failed: SnapshotFailure[] = [];
  const walk = new DefinitionWalk<PackagedResource>(
    (canonical, from) => lookup.find('StructureDefinition', canonical, from.package),
    ({ resource }) => resource,
  );
  for (const wanted of wantedOf(definitions, options.profiles, lookup)) walk.add(wanted);
  for (let next = walk.next(); next !== undefined; next = walk.next()) {
    const { resource } = next;
    if (!lacksSnapshot(resource)) {
      walk.follow(next, referencesOf(resource, publishedElements(resource)?.filter(isRawElement) ?? []));
      continue;
    }
    try {
      const elements = await maker.elementsOf(next);
      made.set(resource, elements);
      options.onMade?.(made.size);
      walk.follow(next, referencesOf(resource, elements));
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error;
      const message = `it has no snapshot, and none can be generated: ${error.message}`;
      failed.push({ definition: resource, message, where: error.where });
    }
    // Timers and signals are handled between two profiles.
    await setImmediate();
  }
  return {
    definitions: withMade(definitions, made),
    warnings: maker.warnings,
    failed: failed.sort((a, b) => byCodeUnit(a.where.profile ?? '', b.where.profile ?? '')),
  };
}

function referencesOf(resource: ConformanceResource, elements: readonly RawElement[]): DefinitionReferences {
  return {
    baseDefinition: textOf(resource['baseDefinition']),
    type: textOf(resource['type']),
    types: elements.flatMap(typesOf).map(({ code, profiles, targetProfiles }) => ({
      code,
      profiles: profiles.map((canonical) => canonicalWithin(canonical, resource.url)),
      targetProfiles: targetProfiles.map((canonical) => canonicalWithin(canonical, resource.url)),
    })),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * Whether a definition is a profile without snapshot. FHIR types and logical models have no base to generate theirs
 * from.
 */
function lacksSnapshot(resource: ConformanceResource): boolean {
  return (
    resource.resourceType === 'StructureDefinition' &&
    resource['derivation'] === 'constraint' &&
    publishedElements(resource) === undefined
  );
}

function wantedOf(
  { root }: Definitions,
  wanted: readonly string[] | undefined,
  lookup: CanonicalLookup,
): readonly PackagedResource[] {
  const own = root.resources.filter(
    ({ resourceType, containedIn }) => resourceType === 'StructureDefinition' && containedIn === undefined,
  );
  if (wanted === undefined) return own.map((resource) => ({ resource, package: root }));
  return wanted.flatMap((name): readonly PackagedResource[] => {
    const byName = own.filter(({ url, ...resource }) => [url, resource['id'], resource['name']].includes(name));
    if (byName.length > 0) return byName.map((resource) => ({ resource, package: root }));
    const elsewhere = lookup.find('StructureDefinition', name);
    return elsewhere === undefined ? [] : [elsewhere];
  });
}

function withMade(
  definitions: Definitions,
  made: ReadonlyMap<ConformanceResource, readonly RawElement[]>,
): Definitions {
  const packages = new Map(definitions.packages.map((item) => [item, packageWith(item, made)]));
  const of = (item: FhirPackage) => packages.get(item) ?? item;
  return { ...definitions, root: of(definitions.root), packages: definitions.packages.map(of) };
}

function packageWith(item: FhirPackage, made: ReadonlyMap<ConformanceResource, readonly RawElement[]>): FhirPackage {
  if (!item.resources.some((resource) => made.has(resource))) return item;
  const resources = item.resources.map((resource) => {
    const element = made.get(resource);
    return element === undefined ? resource : { ...resource, snapshot: { element } };
  });
  return { ...item, resources };
}

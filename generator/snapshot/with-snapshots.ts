import { setImmediate } from 'node:timers/promises';
import { CodegenError, type Warning } from '../errors.js';
import type { ConformanceResource, Definitions, LoadedPackage } from '../load/definitions.js';
import { releaseOf } from '../load/fhir-version.js';
import { CanonicalLookup } from '../load/lookup.js';
import { byCodeUnit } from '../order.js';
import type { SnapshotOf } from '../pin/structure-definition.js';
import { DEFAULT_LIMITS, type SnapshotLimits } from './limits.js';
import { type Located, SnapshotMaker } from './maker.js';
import { isRawElement, publishedElements, type RawElement, typesOf } from './raw-element.js';

/** What the caller may choose. */
export interface SnapshotOptions {
  /** Canonicals, ids or names of the wanted profiles; all profiles of the package when it is left out. */
  readonly profiles?: readonly string[] | undefined;
  readonly limits?: Partial<SnapshotLimits> | undefined;
}

/** Definitions that have snapshots, as far as those could be made. */
export interface WithSnapshots {
  /** The very definitions that were given when nothing had to be made. */
  readonly definitions: Definitions;
  /** What the user should know about those that were made. */
  readonly warnings: readonly Warning[];
  /** The profiles that remain without snapshot, and why; sorted by canonical. */
  readonly failed: readonly CodegenError[];
  /** For pin, so that it reports what is said in `failed`: throws it for a definition that remains without snapshot. */
  readonly snapshotOf: SnapshotOf;
}

/**
 * Makes the snapshots that are missing (FHIR R4, StructureDefinition.snapshot is 0..1: authors and SUSHI leave it to
 * the publisher) of the wanted profiles and of all that they refer to. Looks at no disk and no network.
 *
 * @param definitions as load hands them over; not changed
 * @param options which profiles are wanted, and limits
 * @returns definitions for pin; a profile of which no snapshot can be made fails for itself alone
 */
export async function withSnapshots(definitions: Definitions, options: SnapshotOptions = {}): Promise<WithSnapshots> {
  if (!definitions.packages.some(({ resources }) => resources.some(lacksSnapshot))) {
    return { definitions, warnings: [], failed: [], snapshotOf: () => undefined };
  }
  const warnings: Warning[] = [];
  const lookup = new CanonicalLookup(definitions);
  const maker = new SnapshotMaker({
    lookup,
    core: releaseOf(definitions.root).core,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    warn: (warning) => warnings.push(warning),
  });
  const made = new Map<ConformanceResource, readonly RawElement[]>();
  const failures = new Map<ConformanceResource, CodegenError>();
  const reached = new Reached(wantedOf(definitions, options.profiles, lookup), lookup);
  for (let next = reached.next(); next !== undefined; next = reached.next()) {
    if (!lacksSnapshot(next.resource)) {
      reached.from(next, publishedElements(next.resource)?.filter(isRawElement) ?? []);
      continue;
    }
    try {
      const elements = await maker.elementsOf(next);
      made.set(next.resource, elements);
      reached.from(next, elements);
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error;
      const message = `it has no snapshot, and none can be made: ${error.message}`;
      failures.set(next.resource, new CodegenError(message, error.where, { cause: error }));
    }
    // Timers and signals are served between two profiles.
    await setImmediate();
  }
  return {
    definitions: withMade(definitions, made),
    warnings,
    failed: [...failures.values()].sort((a, b) => byCodeUnit(a.where.profile ?? '', b.where.profile ?? '')),
    snapshotOf: (definition) => {
      const failure = failures.get(definition);
      if (failure !== undefined) throw failure;
      return undefined;
    },
  };
}

/** FHIR types and logical models are published with theirs or not at all; there is nothing to make them from. */
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
): readonly Located[] {
  const own = root.resources.filter(({ resourceType }) => resourceType === 'StructureDefinition');
  if (wanted === undefined) return own.map((resource) => ({ resource, package: root }));
  return wanted.flatMap((name): readonly Located[] => {
    const byName = own.filter(({ url, ...resource }) => [url, resource['id'], resource['name']].includes(name));
    if (byName.length > 0) return byName.map((resource) => ({ resource, package: root }));
    const elsewhere = lookup.find('StructureDefinition', name);
    return elsewhere === undefined ? [] : [elsewhere];
  });
}

/** Definitions still to be looked at: the wanted ones, then what they refer to, as pin follows it. */
class Reached {
  private readonly queue: Located[] = [];
  private readonly seen = new Set<ConformanceResource>();

  constructor(
    wanted: readonly Located[],
    private readonly lookup: CanonicalLookup,
  ) {
    for (const located of wanted) this.take(located);
  }

  next(): Located | undefined {
    return this.queue.pop();
  }

  /** Follows what a definition refers to: its base, profiles on its elements, targets of its references. */
  from({ resource, package: owner }: Located, elements: readonly RawElement[]): void {
    this.find(resource['baseDefinition'], owner);
    for (const { profiles, targetProfiles } of elements.flatMap(typesOf)) {
      for (const canonical of [...profiles, ...targetProfiles]) this.find(canonical, owner);
    }
  }

  private find(canonical: unknown, owner: LoadedPackage): void {
    if (typeof canonical !== 'string') return;
    const found = this.lookup.find('StructureDefinition', canonical, owner);
    if (found !== undefined) this.take(found);
  }

  private take(located: Located): void {
    if (this.seen.has(located.resource)) return;
    this.seen.add(located.resource);
    this.queue.push(located);
  }
}

function withMade(
  definitions: Definitions,
  made: ReadonlyMap<ConformanceResource, readonly RawElement[]>,
): Definitions {
  const packages = new Map(definitions.packages.map((item) => [item, packageWith(item, made)]));
  const of = (item: LoadedPackage) => packages.get(item) ?? item;
  return { ...definitions, root: of(definitions.root), packages: definitions.packages.map(of) };
}

function packageWith(
  item: LoadedPackage,
  made: ReadonlyMap<ConformanceResource, readonly RawElement[]>,
): LoadedPackage {
  if (!item.resources.some((resource) => made.has(resource))) return item;
  const resources = item.resources.map((resource) => {
    const element = made.get(resource);
    return element === undefined ? resource : { ...resource, snapshot: { element } };
  });
  return { ...item, resources };
}

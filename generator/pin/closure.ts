import { CodegenError, type Warning } from '../errors.js';
import type { FactRegistry } from '../facts/registry.js';
import type { ConformanceResource, LoadedPackage } from '../load/definitions.js';
import { isCore } from '../load/fhir-version.js';
import { type CanonicalLookup, type DefinitionKind, type Match } from '../load/lookup.js';
import { brokenBases } from './broken-base.js';
import { definitionIndex } from './definition-index.js';
import type { PinLimits } from './limits.js';
import { byCodeUnit } from '../order.js';
import { withOwnShorts } from './short.js';
import type { PinnedElement, PinnedStructureDefinition } from './snapshot.js';
import { respelled } from './spelling.js';
import { pinStructureDefinition, type SnapshotOf } from './structure-definition.js';
import type { UnresolvedLog } from './unresolved.js';
import { parseCanonical, fhirTypeCanonical } from '../fhir/canonical.js';
import { packageId } from '../fhir/package-id.js';

/** A definition and the package that it comes from. */
export type Found = Pick<Match, 'resource' | 'package'>;

/** What walking the references found. */
export interface Closure {
  /** Sorted by canonical and version. */
  readonly structureDefinitions: readonly PinnedStructureDefinition[];
  /** What is wrong with the definitions that had to be left out, sorted by canonical. */
  readonly warnings: readonly Warning[];
}

/** What {@link closureOf} works with. */
export interface ClosureContext {
  readonly lookup: CanonicalLookup;
  readonly packages: readonly LoadedPackage[];
  readonly unresolved: UnresolvedLog;
  readonly snapshotOf: SnapshotOf | undefined;
  readonly limits: PinLimits;
  /** Facts of elements that there are; all if absent. */
  readonly facts?: FactRegistry | undefined;
}

/**
 * The wanted profiles and all that they need: base definitions up to the FHIR type and its own bases, profiles on
 * elements, profiles that references point to, extensions; and all datatypes and primitives of FHIR, from which the
 * validator's tables are made. Plain FHIR resources that a reference may point to are known by name only.
 *
 * A definition that is malformed is left out with a warning, and stands in the log of what could not be resolved.
 *
 * @param roots the wanted profiles
 * @throws CodegenError when the packages do not define FHIR's types, or the closure has more definitions than allowed
 */
export function closureOf(roots: readonly Found[], context: ClosureContext): Closure {
  const types = fhirTypesOf(context.packages);
  const walk = new Walk(context, types);
  for (const found of [...[...types.values()].filter(isDatatype), ...roots]) walk.take(found);
  return walk.run();
}

/** Who refers to a canonical: with several versions of a package at hand, its own dependencies go first. */
interface User {
  readonly url: string;
  readonly package: LoadedPackage;
}

class Walk {
  private readonly queue: Found[] = [];
  private readonly seen = new Set<ConformanceResource>();
  private readonly kept = new Set<PinnedStructureDefinition>();
  private readonly failed = new Map<string, Warning>();
  /** Canonical without version → those that refer to it. */
  private readonly users = new Map<string, Set<string>>();

  constructor(
    private readonly context: ClosureContext,
    private readonly types: ReadonlyMap<string, Found>,
  ) {}

  take(found: Found): void {
    if (this.seen.has(found.resource)) return;
    this.seen.add(found.resource);
    if (this.seen.size > this.context.limits.definitions) {
      throw new CodegenError(
        `the profiles need more than ${this.context.limits.definitions} definitions: ask for fewer with --profile, ` +
          'or raise the limit "definitions"',
        { package: packageId(found.package) },
      );
    }
    this.queue.push(found);
  }

  run(): Closure {
    for (let found = this.queue.pop(); found !== undefined; found = this.queue.pop()) this.keep(found);
    const definitions = [...this.kept].sort(
      (a, b) => byCodeUnit(a.url, b.url) || byCodeUnit(a.version ?? '', b.version ?? ''),
    );
    const broken = new Set<PinnedStructureDefinition>();
    const find = definitionIndex(definitions);
    for (const { definition, warning } of brokenBases(definitions, find)) {
      broken.add(definition);
      this.failed.set(definition.url, warning);
    }
    for (const url of this.failed.keys()) {
      this.context.unresolved.add('StructureDefinition', url, this.users.get(url) ?? []);
    }
    return {
      structureDefinitions: withOwnShorts(
        definitions.filter((definition) => !broken.has(definition)),
        find,
      ),
      warnings: [...this.failed].sort(([a], [b]) => byCodeUnit(a, b)).map(([, warning]) => warning),
    };
  }

  private keep({ resource, package: from }: Found): void {
    let definition: PinnedStructureDefinition;
    try {
      definition = pinStructureDefinition(
        resource,
        packageId(from),
        this.context.snapshotOf,
        this.context.limits,
        this.context.facts,
      );
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error;
      // One malformed profile must not stop the others.
      this.failed.set(resource.url, { message: error.message, where: error.where });
      return;
    }
    const user: User = { url: definition.url, package: from };
    definition = respelled(definition, (kind, canonical) => this.spelling(kind, canonical, from));
    this.kept.add(definition);
    if (definition.baseDefinition !== undefined) this.want(definition.baseDefinition, user);
    this.want(fhirTypeCanonical(definition.type), user);
    for (const element of definition.elements) this.follow(element, user);
  }

  private follow(element: PinnedElement, user: User): void {
    for (const type of element.types ?? []) {
      this.want(fhirTypeCanonical(type.code), user);
      for (const profile of type.profiles ?? []) this.want(profile, user);
      for (const target of type.targetProfiles ?? []) this.wantProfile(target, user);
    }
  }

  private spelling(kind: DefinitionKind, canonical: string, from: LoadedPackage): string {
    const { url, version } = parseCanonical(canonical);
    const found = this.types.has(url) ? undefined : this.context.lookup.find(kind, canonical, from);
    if (found === undefined || found.resource.url === url) return canonical;
    return version === undefined ? found.resource.url : `${found.resource.url}|${version}`;
  }

  private want(canonical: string, user: User): void {
    const found = this.lookUp(canonical, user);
    if (found !== undefined) this.take(found);
  }

  /** A plain FHIR type as a target is known by name; only profiles of it become models. */
  private wantProfile(canonical: string, user: User): void {
    const found = this.lookUp(canonical, user);
    if (found?.resource['derivation'] === 'constraint') this.take(found);
  }

  private lookUp(canonical: string, user: User): Found | undefined {
    const { url } = parseCanonical(canonical);
    const users = this.users.get(url) ?? new Set<string>();
    this.users.set(url, users.add(user.url));
    const found = this.types.get(url) ?? this.context.lookup.find('StructureDefinition', canonical, user.package);
    if (found === undefined) this.context.unresolved.add('StructureDefinition', canonical, [user.url]);
    return found;
  }
}

/**
 * FHIR's own types, by canonical. A guide that defines one of them again is not believed: the core package speaks
 * first.
 */
function fhirTypesOf(packages: readonly LoadedPackage[]): ReadonlyMap<string, Found> {
  const types = new Map<string, Found>();
  for (const from of [
    ...packages.filter(({ name }) => isCore(name)),
    ...packages.filter(({ name }) => !isCore(name)),
  ]) {
    for (const resource of from.resources) {
      if (resource.resourceType !== 'StructureDefinition' || resource['derivation'] === 'constraint') continue;
      const isType = typeof resource['type'] === 'string' && resource.url === fhirTypeCanonical(resource['type']);
      if (isType && !types.has(resource.url)) types.set(resource.url, { resource, package: from });
    }
  }
  if (!types.has(fhirTypeCanonical('Element'))) {
    throw new CodegenError(
      "no package at hand defines FHIR's own types: add hl7.fhir.r4.core#4.0.1 (R4B: hl7.fhir.r4b.core#4.3.0) to the FHIR cache, or go on without --offline",
    );
  }
  return types;
}

function isDatatype({ resource }: Found): boolean {
  return resource['kind'] === 'complex-type' || resource['kind'] === 'primitive-type';
}

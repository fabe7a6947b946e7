import { CodegenError, type Warning } from '../errors.js';
import type { FactRegistry } from '../facts/registry.js';
import { fhirTypeCanonical, parseCanonical, withoutVersion } from '../fhir/canonical.js';
import type { CanonicalLookup, DefinitionKind } from '../fhir/canonical-lookup.js';
import { definitionIndex } from '../fhir/definition-index.js';
import { DefinitionWalk } from '../fhir/definition-walk.js';
import { packageId } from '../fhir/package-id.js';
import type { ConformanceResource, FhirPackage, PackagedResource } from '../fhir/package.js';
import { isCore } from '../fhir/release.js';
import { byCodeUnit } from '../order.js';
import { brokenBases } from './broken-base.js';
import type { PinLimits } from './limits.js';
import { nearestPackage, type Origin } from './nearest-package.js';
import { withOwnShorts } from './short.js';
import type { PinnedStructureDefinition, Unresolved } from './snapshot.js';
import { respelled } from './spelling.js';
import { pinStructureDefinition } from './structure-definition.js';

/** The result of following the references. */
export interface Closure {
  /** Sorted by canonical and version, one for each. */
  readonly structureDefinitions: readonly PinnedStructureDefinition[];
  /** The faults of the omitted definitions, sorted by canonical. */
  readonly warnings: readonly Warning[];
  /** References to missing or omitted definitions. */
  readonly unresolved: readonly Unresolved[];
}

/** The context of {@link closureOf}. */
export interface ClosureContext {
  readonly lookup: CanonicalLookup;
  readonly packages: readonly FhirPackage[];
  /** The reasons why snapshots could not be generated, by definition. */
  readonly failures: ReadonlyMap<ConformanceResource, Warning>;
  readonly limits: PinLimits;
  /** The registered facts of elements; all if absent. */
  readonly facts?: FactRegistry | undefined;
}

/**
 * The requested profiles and all definitions that they depend on, see {@link DefinitionWalk}; and all datatypes and
 * primitives of FHIR, from which the validator's tables are generated. A malformed definition is left out with a
 * warning, and counts as unresolved.
 *
 * @param roots the requested profiles
 * @throws CodegenError when the packages do not define FHIR's types, or the closure has more definitions than allowed
 */
export function closureOf(roots: readonly PackagedResource[], context: ClosureContext): Closure {
  const { lookup, limits } = context;
  const types = fhirTypesOf(context.packages);
  const walk = new DefinitionWalk<PackagedResource>(
    (canonical, from) =>
      types.get(withoutVersion(canonical)) ?? lookup.find('StructureDefinition', canonical, from.package),
    ({ resource }) => resource,
  );
  const kept: PinnedStructureDefinition[] = [];
  const failed = new Map<string, Warning>();
  const unresolved: Unresolved[] = [];
  // Canonical without version → those that refer to it.
  const users = new Map<string, Set<string>>();

  for (const found of [...[...types.values()].filter(isDatatype), ...roots]) walk.add(found);
  for (let found = walk.next(); found !== undefined; found = walk.next()) {
    const { resource, package: from } = found;
    if (walk.size > limits.definitions) throw tooMany(limits, from);
    const pinned = pinnedOr(resource, from, context);
    if ('message' in pinned) {
      // One malformed profile must not stop the others.
      failed.set(resource.url, pinned);
      continue;
    }
    const definition = respelled(pinned, (kind, canonical) => spelling(kind, canonical, from, types, lookup));
    kept.push(definition);
    const { url, elements } = definition;
    for (const reference of walk.follow(found, {
      ...definition,
      types: elements.flatMap((element) => element.types ?? []),
    })) {
      const bare = withoutVersion(reference.canonical);
      users.set(bare, (users.get(bare) ?? new Set<string>()).add(url));
      if (reference.found === undefined) {
        unresolved.push({ kind: 'StructureDefinition', canonical: bare, usedBy: [url] });
      }
    }
  }

  const definitions = nearestPackage(kept, originOf, coreFirst(context.packages))
    .map((group) => group.kept)
    .sort((a, b) => byCodeUnit(a.url, b.url) || byCodeUnit(a.version ?? '', b.version ?? ''));
  const broken = new Set<PinnedStructureDefinition>();
  const find = definitionIndex(definitions);
  for (const { definition, warning } of brokenBases(definitions, find)) {
    broken.add(definition);
    failed.set(definition.url, warning);
  }
  for (const url of failed.keys()) {
    unresolved.push({ kind: 'StructureDefinition', canonical: url, usedBy: [...(users.get(url) ?? [])] });
  }
  const whole = definitions.filter((definition) => !broken.has(definition));
  return {
    structureDefinitions: withOwnShorts(whole, find),
    warnings: [...failed].sort(([a], [b]) => byCodeUnit(a, b)).map(([, warning]) => warning),
    unresolved,
  };
}

/** The facts of a definition, or the reason to leave it out. */
function pinnedOr(
  resource: ConformanceResource,
  from: FhirPackage,
  { lookup, failures, limits, facts }: ClosureContext,
): PinnedStructureDefinition | Warning {
  const failure = failures.get(resource);
  if (failure !== undefined) return { message: failure.message, where: failure.where };
  try {
    return pinStructureDefinition(resource, packageId(from), limits, facts, ancestorsOf(resource, from, lookup));
  } catch (error) {
    if (!(error instanceof CodegenError)) throw error;
    return { message: error.message, where: error.where };
  }
}

/** A longer chain of bases than any guide has. */
const ANCESTOR_LIMIT = 100;

/** Canonicals of the definitions that one derives from, as far as they are available; a cycle ends where it closes. */
function ancestorsOf(resource: ConformanceResource, from: FhirPackage, lookup: CanonicalLookup): readonly string[] {
  const ancestors = new Set<string>();
  for (
    let at: PackagedResource | undefined = { resource, package: from };
    at !== undefined && ancestors.size < ANCESTOR_LIMIT;
  ) {
    const base: unknown = at.resource['baseDefinition'];
    if (typeof base !== 'string' || ancestors.has(withoutVersion(base))) break;
    ancestors.add(withoutVersion(base));
    at = lookup.find('StructureDefinition', base, at.package);
  }
  return [...ancestors];
}

function tooMany({ definitions }: PinLimits, from: FhirPackage): CodegenError {
  return new CodegenError(
    `the profiles need more than ${definitions} definitions: select fewer profiles with --profile, ` +
      'or raise the limit "definitions"',
    { package: packageId(from) },
  );
}

function spelling(
  kind: DefinitionKind,
  canonical: string,
  from: FhirPackage,
  types: ReadonlyMap<string, PackagedResource>,
  lookup: CanonicalLookup,
): string {
  const { url, version } = parseCanonical(canonical);
  const found = types.has(url) ? undefined : lookup.find(kind, canonical, from);
  if (found === undefined || found.resource.url === url) return canonical;
  return version === undefined ? found.resource.url : `${found.resource.url}|${version}`;
}

/** FHIR's own types, by canonical. A guide cannot redefine them: the core package takes precedence. */
function fhirTypesOf(packages: readonly FhirPackage[]): ReadonlyMap<string, PackagedResource> {
  const types = new Map<string, PackagedResource>();
  for (const from of coreFirst(packages)) {
    for (const resource of from.resources) {
      if (resource.resourceType !== 'StructureDefinition' || resource['derivation'] === 'constraint') continue;
      const isType = typeof resource['type'] === 'string' && resource.url === fhirTypeCanonical(resource['type']);
      if (isType && !types.has(resource.url)) types.set(resource.url, { resource, package: from });
    }
  }
  if (!types.has(fhirTypeCanonical('Element'))) {
    throw new CodegenError(
      "no loaded package defines FHIR's own types: add hl7.fhir.r4.core#4.0.1 (R4B: hl7.fhir.r4b.core#4.3.0) to the FHIR cache, or run without --offline",
    );
  }
  return types;
}

function coreFirst(packages: readonly FhirPackage[]): readonly FhirPackage[] {
  return [...packages.filter(({ name }) => isCore(name)), ...packages.filter(({ name }) => !isCore(name))];
}

function originOf({ url, version, package: from }: PinnedStructureDefinition): Origin {
  return { url, version, package: from };
}

function isDatatype({ resource }: PackagedResource): boolean {
  return resource['kind'] === 'complex-type' || resource['kind'] === 'primitive-type';
}

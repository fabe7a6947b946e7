import type { Warning } from '../errors.js';
import { lastSegment, parseCanonical } from '../fhir/canonical.js';
import type { CanonicalLookup, Match } from '../fhir/canonical-lookup.js';
import { lineOf } from '../fhir/members.js';
import { packageId } from '../fhir/package-id.js';
import type { ConformanceResource, FhirPackage, PackagedResource } from '../fhir/package.js';
import { byCodeUnit } from '../order.js';
import type { Expansion } from '../terminology/expand.js';
import type { PinLimits } from './limits.js';
import { nearestPackage } from './nearest-package.js';
import type { PinnedElement, PinnedStructureDefinition, PinnedSystem, PinnedValueSet, Unresolved } from './snapshot.js';

/** The value sets that definitions bind. */
export interface BoundValueSets {
  /** Sorted by canonical and version, one for each. */
  readonly valueSets: readonly BoundValueSet[];
  readonly unresolved: readonly Unresolved[];
  readonly warnings: readonly Warning[];
}

/** A bound value set, with the strength of its binding. */
export interface BoundValueSet extends PackagedResource {
  readonly isRequired: boolean;
}

/**
 * The value sets that close or suggest codes: those with a required binding, and those that a profile binds as
 * extensible (FHIR R4, Terminologies, "Binding strengths"). Weaker bindings change nothing in the models.
 *
 * @param definitions the closure
 * @param lookup finds value sets
 * @param packages those of the definitions, in order of precedence
 */
export function boundValueSets(
  definitions: readonly PinnedStructureDefinition[],
  lookup: CanonicalLookup,
  packages: readonly FhirPackage[],
): BoundValueSets {
  const warnings = new Map<string, Warning>();
  const unresolved: Unresolved[] = [];
  const bound = new Map<ConformanceResource, BoundValueSet>();
  const byId = new Map(packages.map((item): [string, FhirPackage] => [packageId(item), item]));
  const inherited = inheritedBindings(definitions);
  const find = (canonical: string, { package: from }: PinnedStructureDefinition): Match | undefined =>
    lookup.find('ValueSet', canonical, byId.get(from));
  for (const definition of definitions) {
    for (const { canonical, isRequired } of definition.elements.flatMap((element) =>
      bindingsOf(element, definition, inherited),
    )) {
      const match = find(canonical, definition);
      if (match === undefined) {
        unresolved.push({ kind: 'ValueSet', canonical, usedBy: [definition.url] });
        continue;
      }
      const { resource, package: from } = match;
      bound.set(resource, {
        resource,
        package: from,
        isRequired: isRequired || bound.get(resource)?.isRequired === true,
      });
      if (!match.isRequestedVersion) warnings.set(canonical, otherVersion(canonical, match, definition));
    }
  }
  const valueSets = nearestPackage(
    bound.values(),
    ({ resource: { url, version }, package: from }) => ({ url, version, package: packageId(from) }),
    packages,
  )
    .map(({ kept, all }): BoundValueSet => ({ ...kept, isRequired: all.some(({ isRequired }) => isRequired) }))
    .sort(
      ({ resource: a }, { resource: b }) => byCodeUnit(a.url, b.url) || byCodeUnit(a.version ?? '', b.version ?? ''),
    );
  return {
    valueSets,
    unresolved,
    warnings: [...warnings].sort(([a], [b]) => byCodeUnit(a, b)).map(([, warning]) => warning),
  };
}

/**
 * The bound value sets to keep. Those with an extensible binding only give suggestions: they are kept if they are
 * complete and small.
 *
 * @param bound see {@link boundValueSets}
 * @param expansions of them
 * @param limits see {@link PinLimits}
 * @returns in the same order
 */
export function pinValueSets(
  bound: readonly BoundValueSet[],
  expansions: ReadonlyMap<ConformanceResource, Expansion>,
  limits: PinLimits,
): readonly PinnedValueSet[] {
  return bound.flatMap((valueSet) => {
    const expansion = expansions.get(valueSet.resource);
    if (expansion === undefined) return [];
    const isSuggestion = expansion.isExact && expansion.count <= limits.suggestedCodes;
    return valueSet.isRequired || isSuggestion ? [pinValueSet(valueSet, expansion, limits)] : [];
  });
}

/**
 * The canonicals of the value sets that close or suggest codes, as {@link boundValueSets} chooses them.
 *
 * @param definitions the closure
 */
export function bindingsThatMatter(definitions: readonly PinnedStructureDefinition[]): ReadonlySet<string> {
  const inherited = inheritedBindings(definitions);
  const canonicals = new Set<string>();
  for (const definition of definitions) {
    for (const element of definition.elements) {
      for (const { canonical } of bindingsOf(element, definition, inherited)) canonicals.add(canonical);
    }
  }
  return canonicals;
}

/** The value sets that FHIR's own types bind, by element path. */
function inheritedBindings(definitions: readonly PinnedStructureDefinition[]): ReadonlySet<string> {
  const bindings = new Set<string>();
  for (const { derivation, elements } of definitions) {
    if (derivation === 'constraint') continue;
    for (const { path, binding, maxValueSet = '' } of elements) {
      bindings.add(bindingKey(path, binding?.valueSet ?? '')).add(bindingKey(path, maxValueSet));
    }
  }
  return bindings;
}

/** A value set that closes or suggests codes. */
interface BindingThatMatters {
  readonly canonical: string;
  /** No other code is allowed. */
  readonly isRequired: boolean;
}

/** The value sets that FHIR itself suggests are too large to keep; those that a guide chooses are not. */
function bindingsOf(
  { path, base, binding, maxValueSet, conditionalBindings = [] }: PinnedElement,
  { derivation }: PinnedStructureDefinition,
  inherited: ReadonlySet<string>,
): readonly BindingThatMatters[] {
  const isOwn = (canonical: string): boolean =>
    derivation === 'constraint' && !inherited.has(bindingKey(base?.path ?? path, canonical));
  const found: BindingThatMatters[] = [];
  if (binding?.valueSet !== undefined) {
    const { strength, valueSet: canonical } = binding;
    if (strength === 'required') found.push({ canonical, isRequired: true });
    if (strength === 'extensible' && isOwn(canonical)) found.push({ canonical, isRequired: false });
  }
  if (maxValueSet !== undefined && isOwn(maxValueSet)) found.push({ canonical: maxValueSet, isRequired: true });
  for (const { valueSet: canonical } of conditionalBindings) found.push({ canonical, isRequired: true });
  return found;
}

function bindingKey(path: string, valueSet: string): string {
  return `${path} ${parseCanonical(valueSet).url}`;
}

function otherVersion(canonical: string, { resource }: Match, definition: PinnedStructureDefinition): Warning {
  const version = resource.version === undefined ? 'one without a version' : `version ${resource.version}`;
  return {
    message: `value set ${canonical} is not available in this version; ${version} is used`,
    where: { package: definition.package, profile: definition.url },
  };
}

function pinValueSet(
  { resource, package: from }: PackagedResource,
  expansion: Expansion,
  limits: PinLimits,
): PinnedValueSet {
  const { name } = resource;
  const title = typeof resource['title'] === 'string' ? lineOf(resource['title'], limits.textLength) : '';
  // A set without codes would reject every resource: most likely it is a mistake.
  const isEmpty = expansion.isExact && expansion.count === 0;
  const systems = [...expansion.systems]
    .filter(([, codes]) => codes.extent === 'atLeast' || codes.concepts.size > 0)
    .map(([system, codes]): PinnedSystem => ({
      system,
      ...(codes.extent === 'atLeast' && { open: true as const }),
      ...(expansion.caseInsensitive.has(system) && { caseInsensitive: true as const }),
      concepts: [...codes.concepts.values()],
    }));
  const incomplete = [...expansion.notes, ...(isEmpty ? [noCodes(expansion)] : [])].sort(byCodeUnit);
  return {
    url: resource.url,
    ...(typeof resource.version === 'string' && { version: resource.version }),
    name: typeof name === 'string' && name !== '' && name.length <= limits.idLength ? name : lastSegment(resource.url),
    ...(title !== '' && { title }),
    package: packageId(from),
    systems: systems.sort((a, b) => byCodeUnit(a.system, b.system)),
    ...((expansion.anything || isEmpty) && { open: true as const }),
    ...(incomplete.length > 0 && { incomplete: incomplete.map((note) => lineOf(note, limits.textLength)) }),
  };
}

/** The number of value sets in a cycle that a message names; the rest are counted. */
const SHOWN_OF_CYCLE = 4;

/** Value sets that include only each other have no codes, although each one seems to have some. */
function noCodes({ cycle }: Expansion): string {
  const [first] = cycle ?? [];
  if (cycle === undefined || first === undefined) return 'the value set has no codes';
  const rest = cycle.length - SHOWN_OF_CYCLE;
  const links = rest > 0 ? [...cycle.slice(0, SHOWN_OF_CYCLE), `${rest} more`] : cycle;
  const chain = [...links, first].join(' includes ');
  return `the value set has no codes, as value sets include each other: ${chain}`;
}

import type { Warning } from '../../errors.js';
import type { LoadedPackage } from '../../load/definitions.js';
import { type CanonicalLookup, type Match } from '../../load/lookup.js';
import { byCodeUnit } from '../../order.js';
import type { PinLimits } from '../limits.js';
import { lineOf } from '../members.js';
import type { PinnedElement, PinnedStructureDefinition, PinnedSystem, PinnedValueSet } from '../snapshot.js';
import type { UnresolvedLog } from '../unresolved.js';
import { countOf, isExact } from './code-set.js';
import { type Expanded, Expander } from './expand.js';
import { parseCanonical } from '../../fhir/canonical.js';
import { packageId } from '../../fhir/package-id.js';

/** What {@link boundValueSets} works with. */
export interface BoundContext {
  readonly lookup: CanonicalLookup;
  readonly packages: readonly LoadedPackage[];
  readonly unresolved: UnresolvedLog;
  readonly limits: PinLimits;
}

/** The value sets to pin. */
export interface BoundValueSets {
  /** Sorted by canonical and version. */
  readonly valueSets: readonly PinnedValueSet[];
  /** `name#version` of the packages whose code systems were read. */
  readonly packages: ReadonlySet<string>;
  readonly warnings: readonly Warning[];
}

/** A value set that is bound, and how firmly. */
interface Bound {
  readonly match: Match;
  readonly required: boolean;
}

/**
 * Expands the value sets that close or suggest codes: all that are bound as required, and those that a profile binds
 * as extensible, when they are complete and small (FHIR R4, Terminologies, "Binding strengths"). Weaker bindings
 * change nothing in the models.
 *
 * @param definitions the closure
 */
export function boundValueSets(
  definitions: readonly PinnedStructureDefinition[],
  context: BoundContext,
): BoundValueSets {
  const expander = new Expander(context);
  const warnings = new Map<string, Warning>();
  const bound = new Map<Match['resource'], Bound>();
  const packages = new Map(context.packages.map((item): [string, LoadedPackage] => [packageId(item), item]));
  const inherited = inheritedBindings(definitions);
  for (const definition of definitions) {
    for (const element of definition.elements) {
      const canonical = element.binding?.valueSet;
      if (canonical === undefined || !matters(element, definition, inherited)) continue;
      const match = context.lookup.find('ValueSet', canonical, packages.get(definition.package));
      if (match === undefined) {
        context.unresolved.add('ValueSet', canonical, [definition.url]);
        continue;
      }
      const required = element.binding?.strength === 'required' || bound.get(match.resource)?.required === true;
      bound.set(match.resource, { match, required });
      if (!match.isVersionAsked) warnings.set(canonical, otherVersion(canonical, match, definition));
    }
  }
  const pinned = inOrder(
    [...bound.values()].map(({ match, required }) => ({
      url: match.resource.url,
      version: match.resource.version,
      match,
      required,
    })),
  )
    // In a fixed order, as the limits on all value sets together hit the last ones.
    .map(({ match, required }) => ({ match, required, expanded: expander.expand(match) }))
    .filter(({ required, expanded }) => required || isSuggestion(expanded, context.limits))
    .map(({ match, expanded }) => pinValueSet(match, expanded, context.limits));
  return {
    valueSets: pinned,
    packages: expander.packages,
    warnings: [...warnings].sort(([a], [b]) => byCodeUnit(a, b)).map(([, warning]) => warning),
  };
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
      const canonical = element.binding?.valueSet;
      if (canonical !== undefined && matters(element, definition, inherited)) canonicals.add(canonical);
    }
  }
  return canonicals;
}

/** The value sets that FHIR's own types bind, by element path. */
function inheritedBindings(definitions: readonly PinnedStructureDefinition[]): ReadonlySet<string> {
  const bindings = new Set<string>();
  for (const { derivation, elements } of definitions) {
    if (derivation === 'constraint') continue;
    for (const { path, binding } of elements) bindings.add(bindingKey(path, binding?.valueSet ?? ''));
  }
  return bindings;
}

/** What FHIR itself suggests for its elements is too much to carry along; what a guide chose is not. */
function matters(
  { path, base, binding }: PinnedElement,
  { derivation }: PinnedStructureDefinition,
  inherited: ReadonlySet<string>,
): boolean {
  if (binding?.valueSet === undefined) return false;
  if (binding.strength === 'required') return true;
  const isOwn = derivation === 'constraint' && !inherited.has(bindingKey(base?.path ?? path, binding.valueSet));
  return binding.strength === 'extensible' && isOwn;
}

function bindingKey(path: string, valueSet: string): string {
  return `${path} ${parseCanonical(valueSet).url}`;
}

function isSuggestion({ set }: Expanded, limits: PinLimits): boolean {
  return isExact(set) && countOf(set) <= limits.suggestedCodes;
}

function otherVersion(canonical: string, { resource }: Match, definition: PinnedStructureDefinition): Warning {
  const version = resource.version === undefined ? 'one without a version' : `version ${resource.version}`;
  return {
    message: `value set ${canonical} is not at hand in this version; ${version} is taken`,
    where: { package: definition.package, profile: definition.url },
  };
}

function pinValueSet(match: Match, { set, notes }: Expanded, limits: PinLimits): PinnedValueSet {
  const { resource } = match;
  const { name, title } = resource;
  // A set without any code would refuse every resource: it is rather a mistake than meant.
  const isEmpty = isExact(set) && countOf(set) === 0;
  const systems = [...set.systems]
    .filter(([, codes]) => codes.extent === 'atLeast' || codes.concepts.size > 0)
    .map(([system, codes]): PinnedSystem => ({
      system,
      ...(codes.extent === 'atLeast' && { open: true as const }),
      concepts: [...codes.concepts.values()],
    }));
  const incomplete = [...notes, ...(isEmpty ? ['the value set has no codes'] : [])].sort(byCodeUnit);
  return {
    url: resource.url,
    ...(typeof resource.version === 'string' && { version: resource.version }),
    name: typeof name === 'string' && name.length <= limits.idLength ? name : lastSegment(resource.url),
    ...(typeof title === 'string' && { title: lineOf(title, limits.textLength) }),
    package: packageId(match.package),
    systems: systems.sort((a, b) => byCodeUnit(a.system, b.system)),
    ...((set.anything || isEmpty) && { open: true as const }),
    ...(incomplete.length > 0 && { incomplete: incomplete.map((note) => lineOf(note, limits.textLength)) }),
  };
}

function lastSegment(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

function inOrder<T extends { readonly url: string; readonly version?: string | undefined }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => byCodeUnit(a.url, b.url) || byCodeUnit(a.version ?? '', b.version ?? ''));
}

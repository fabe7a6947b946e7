import type { Warning } from '../../errors.js';
import type { Find, Found } from '../closure.js';
import { packageId } from '../closure.js';
import type { PinLimits } from '../limits.js';
import { lineOf, Members } from '../members.js';
import { compareText } from '../order.js';
import type { BindingStrength, PinnedStructureDefinition, PinnedSystem, PinnedValueSet } from '../snapshot.js';
import { type UnresolvedLog, withoutVersion } from '../unresolved.js';
import { isExact } from './code-set.js';
import { type Expanded, Expander } from './expand.js';

/** What {@link boundValueSets} works with. */
export interface BoundContext {
  readonly find: Find;
  readonly unresolved: UnresolvedLog;
  readonly limits: PinLimits;
}

/** The value sets to pin. */
export interface BoundValueSets {
  /** Sorted by canonical. */
  readonly valueSets: readonly PinnedValueSet[];
  readonly warnings: readonly Warning[];
}

/** Who binds a value set, and how firmly. */
interface Binding {
  required: boolean;
  readonly users: Set<string>;
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
  const pinned = new Map<Found['resource'], PinnedValueSet>();
  const warnings: Warning[] = [];
  for (const [canonical, binding] of [...bindingsOf(definitions)].sort(([a], [b]) => compareText(a, b))) {
    const found = context.find('ValueSet', canonical);
    if (found === undefined) {
      context.unresolved.add('ValueSet', canonical, binding.users);
      continue;
    }
    const expanded = expander.expand(found);
    if (!binding.required && !isSuggestion(expanded, context.limits)) continue;
    pinned.set(found.resource, pinValueSet(found, expanded, context.limits));
  }
  return {
    valueSets: [...pinned.values()].sort(
      (a, b) => compareText(a.url, b.url) || compareText(a.version ?? '', b.version ?? ''),
    ),
    warnings,
  };
}

function bindingsOf(definitions: readonly PinnedStructureDefinition[]): ReadonlyMap<string, Binding> {
  const inherited = new Set<string>();
  for (const { derivation, elements } of definitions) {
    if (derivation === 'constraint') continue;
    for (const { path, binding } of elements) inherited.add(`${path} ${withoutVersion(binding?.valueSet ?? '')}`);
  }
  const bindings = new Map<string, Binding>();
  for (const { url, derivation, elements } of definitions) {
    for (const { path, base, binding } of elements) {
      if (binding?.valueSet === undefined) continue;
      const own =
        derivation === 'constraint' && !inherited.has(`${base?.path ?? path} ${withoutVersion(binding.valueSet)}`);
      if (!matters(binding.strength, own)) continue;
      const entry = bindings.get(binding.valueSet) ?? { required: false, users: new Set<string>() };
      entry.required ||= binding.strength === 'required';
      entry.users.add(url);
      bindings.set(binding.valueSet, entry);
    }
  }
  return bindings;
}

/** What FHIR itself suggests for its elements is too much to carry along; what the guide chose is not. */
function matters(strength: BindingStrength, own: boolean): boolean {
  return strength === 'required' || (strength === 'extensible' && own);
}

function isSuggestion({ set }: Expanded, limits: PinLimits): boolean {
  let count = 0;
  for (const codes of set.systems.values()) count += codes.concepts.size;
  return isExact(set) && count <= limits.suggestedCodes;
}

function pinValueSet(found: Found, { set, notes }: Expanded, limits: PinLimits): PinnedValueSet {
  const { resource } = found;
  const members = Members.of(resource, '', { package: packageId(found.package), profile: resource.url });
  const title = members.get('title');
  const name = members.get('name');
  const systems = [...set.systems]
    .map(([system, codes]): PinnedSystem => ({
      system,
      ...(codes.extent === 'atLeast' && { open: true as const }),
      concepts: [...codes.concepts.values()],
    }))
    .sort((a, b) => compareText(a.system, b.system));
  const incomplete = [...notes].sort(compareText).map((note) => lineOf(note, limits.textLength));
  return {
    url: resource.url,
    ...(typeof resource.version === 'string' && { version: resource.version }),
    name: typeof name === 'string' ? name : resource.url.slice(resource.url.lastIndexOf('/') + 1),
    ...(typeof title === 'string' && { title: lineOf(title, limits.textLength) }),
    package: packageId(found.package),
    systems,
    ...(set.anything && { open: true as const }),
    ...(incomplete.length > 0 && { incomplete }),
  };
}

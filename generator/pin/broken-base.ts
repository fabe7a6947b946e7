import type { Warning } from '../errors.js';
import type { FindDefinition } from '../fhir/definition-index.js';
import type { PinnedStructureDefinition } from './snapshot.js';

/** A definition with an invalid base definition, and the reason. */
export interface BrokenBase {
  readonly definition: PinnedStructureDefinition;
  readonly warning: Warning;
}

/**
 * Finds the definitions whose base definitions lead back to themselves, or that constrain another FHIR type than their
 * base does (FHIR R4, StructureDefinition.type). Later stages follow the bases without checking.
 *
 * @param definitions all definitions; a base that is not among them ends the chain
 * @param find finds among them
 */
export function brokenBases(
  definitions: readonly PinnedStructureDefinition[],
  find: FindDefinition<PinnedStructureDefinition>,
): readonly BrokenBase[] {
  const baseOf = (definition: PinnedStructureDefinition) =>
    definition.baseDefinition === undefined ? undefined : find(definition.baseDefinition);
  const cycles = cyclesOf(definitions, baseOf);
  return definitions.flatMap((definition) => {
    const base = baseOf(definition);
    const { type, derivation, baseDefinition } = definition;
    let message: string | undefined;
    if (cycles.has(definition)) message = 'its base definitions form a cycle';
    else if (derivation !== 'constraint') message = undefined;
    else if (baseDefinition === undefined) message = 'it constrains a type, but names no base definition';
    else if (base !== undefined && base.type !== type) {
      message = `it constrains ${type}, but its base definition ${base.url} describes ${base.type}`;
    }
    if (message === undefined) return [];
    return [{ definition, warning: { message, where: { package: definition.package, profile: definition.url } } }];
  });
}

/** Each definition has one base, so following it either ends, reaches a definition seen before, or closes a cycle. */
function cyclesOf(
  definitions: readonly PinnedStructureDefinition[],
  baseOf: (definition: PinnedStructureDefinition) => PinnedStructureDefinition | undefined,
): ReadonlySet<PinnedStructureDefinition> {
  const seen = new Set<PinnedStructureDefinition>();
  const cycles = new Set<PinnedStructureDefinition>();
  for (const start of definitions) {
    const path = new Set<PinnedStructureDefinition>();
    let current: PinnedStructureDefinition | undefined = start;
    while (current !== undefined && !seen.has(current)) {
      seen.add(current);
      path.add(current);
      current = baseOf(current);
    }
    while (current !== undefined && path.has(current) && !cycles.has(current)) {
      cycles.add(current);
      current = baseOf(current);
    }
  }
  return cycles;
}

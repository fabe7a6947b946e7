import type { Warning } from '../errors.js';
import type { FindPinned } from './definition-index.js';
import type { PinnedStructureDefinition } from './snapshot.js';

/** A definition whose base definitions make no sense, and why. */
export interface BrokenChain {
  readonly definition: PinnedStructureDefinition;
  readonly warning: Warning;
}

/**
 * Finds the definitions whose base definitions lead in a circle, or to a profile of another FHIR type (FHIR R4,
 * StructureDefinition.type: that of the base where it constrains). Later stages walk up the bases without looking.
 *
 * @param definitions all that are there; a base that is not among them ends the chain
 * @param find finds among them
 */
export function brokenChains(
  definitions: readonly PinnedStructureDefinition[],
  find: FindPinned,
): readonly BrokenChain[] {
  const sound = new Set<PinnedStructureDefinition>();
  const broken = new Map<PinnedStructureDefinition, string>();
  for (const definition of definitions) {
    const chain = new Set<PinnedStructureDefinition>();
    let current: PinnedStructureDefinition | undefined = definition;
    let fault: string | undefined;
    while (current !== undefined && !sound.has(current) && fault === undefined) {
      chain.add(current);
      fault = broken.get(current) ?? faultOf(current);
      const base: PinnedStructureDefinition | undefined = baseOf(current, find);
      if (base !== undefined && chain.has(base)) fault = `its base definitions lead in a circle, through ${base.url}`;
      if (base !== undefined && current.derivation === 'constraint' && base.type !== current.type) {
        fault = `it constrains ${current.type}, but its base definition ${base.url} describes ${base.type}`;
      }
      current = base;
    }
    for (const link of chain) {
      if (fault === undefined) sound.add(link);
      else if (link === definition) broken.set(link, fault);
    }
  }
  return [...broken].map(([definition, message]) => ({
    definition,
    warning: { message, where: { package: definition.package, profile: definition.url } },
  }));
}

function baseOf(definition: PinnedStructureDefinition, find: FindPinned): PinnedStructureDefinition | undefined {
  return definition.baseDefinition === undefined ? undefined : find(definition.baseDefinition);
}

function faultOf(definition: PinnedStructureDefinition): string | undefined {
  return definition.derivation === 'constraint' && definition.baseDefinition === undefined
    ? 'it constrains a type, but names no base definition'
    : undefined;
}

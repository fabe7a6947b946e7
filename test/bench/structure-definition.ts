import type { PinnedStructureDefinition } from '../../generator/pin/snapshot.js';
import { structureDefinitionOf } from '../guide/pinned.js';

/**
 * A pinned definition as FHIR writes it, snapshot included, for validators that read StructureDefinitions.
 *
 * @returns a StructureDefinition with all its constraints, and members that such validators require
 */
export function structureDefinition(pinned: PinnedStructureDefinition): object {
  const { snapshot, ...rest } = structureDefinitionOf(pinned);
  const element = snapshot.element.map((one) => {
    const { path, min, max } = one;
    return { base: { path, min, max }, type: [], ...one };
  });
  return { status: 'active', abstract: false, ...rest, snapshot: { element } };
}

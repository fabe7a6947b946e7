import type { PinnedElement, PinnedStructureDefinition } from '../../generator/pin/snapshot.js';

/**
 * A pinned definition as FHIR writes it, snapshot included, for validators that read StructureDefinitions.
 *
 * @returns a StructureDefinition with all its constraints
 */
export function structureDefinition(pinned: PinnedStructureDefinition): object {
  const { url, version, id, name, kind, type, abstract = false, derivation, baseDefinition, elements } = pinned;
  return {
    resourceType: 'StructureDefinition',
    ...{ url, version, id, name, status: 'active', kind, abstract, type, baseDefinition, derivation },
    snapshot: { element: elements.map(elementDefinition) },
  };
}

function elementDefinition(element: PinnedElement): object {
  const { types = [], fixed, pattern, slicing, binding, constraints, ...same } = element;
  return {
    ...same,
    base: element.base ?? { path: element.path, min: element.min, max: element.max },
    type: types.map(({ code, profiles: profile, targetProfiles: targetProfile }) => ({ code, profile, targetProfile })),
    ...(fixed && { [`fixed${fixed.type}`]: fixed.value }),
    ...(pattern && { [`pattern${pattern.type}`]: pattern.value }),
    ...(slicing && { slicing: { ...slicing, discriminator: slicing.discriminators } }),
    ...(binding && { binding }),
    ...(constraints && { constraint: constraints.map((constraint) => ({ ...constraint, human: constraint.key })) }),
  };
}

import type { PinnedElement, PinnedStructureDefinition, PinnedValueSet } from '../../generator/pin/snapshot.js';

/** A StructureDefinition as FHIR JSON. */
export interface SnapshotDefinition extends Omit<PinnedStructureDefinition, 'elements' | 'package'> {
  readonly resourceType: 'StructureDefinition';
  readonly snapshot: { readonly element: readonly SnapshotElement[] };
}

type SnapshotElement = Pick<PinnedElement, 'id' | 'path' | 'min' | 'max'>;

/** The StructureDefinition that a pinned definition was made from, with its snapshot. */
export function structureDefinitionOf(pinned: PinnedStructureDefinition): SnapshotDefinition {
  const { elements, package: _package, ...rest } = pinned;
  return { resourceType: 'StructureDefinition', ...rest, snapshot: { element: elements.map(elementOf) } };
}

/** The ValueSet that a pinned value set was made from. */
export function valueSetOf({ systems, url, name }: PinnedValueSet): object {
  const include = systems.map(({ system, open, concepts }) =>
    open === true ? { system } : { system, concept: concepts },
  );
  return { resourceType: 'ValueSet', url, name, id: name, compose: { include } };
}

function elementOf(pinned: PinnedElement): SnapshotElement {
  const { types, slicing, fixed, pattern, constraints, binding, ...rest } = pinned;
  return {
    ...rest,
    ...(types && {
      type: types.map(({ code, profiles: profile, targetProfiles: targetProfile }) => ({
        code,
        profile,
        targetProfile,
      })),
    }),
    ...(slicing && {
      slicing: { discriminator: slicing.discriminators, rules: slicing.rules, ordered: slicing.ordered === true },
    }),
    ...(fixed && { [`fixed${fixed.type}`]: fixed.value }),
    ...(pattern && { [`pattern${pattern.type}`]: pattern.value }),
    ...(binding && { binding }),
    ...(constraints && { constraint: constraints.map((one) => ({ ...one, human: one.key })) }),
  };
}

import type { PinnedElement, PinnedStructureDefinition, PinnedType } from './snapshot.js';

/**
 * The spelling of a canonical in its definition.
 *
 * @param kind of the definition
 * @param canonical in any spelling, with or without `|version`
 * @returns the canonical itself if there is no such definition
 */
export type Spelling = (kind: 'StructureDefinition' | 'ValueSet', canonical: string) => string;

/**
 * Rewrites references in the spelling of the definitions that they refer to: one URL has several spellings (`%5Bx%5D`
 * is `[x]`, RFC 3986, section 6.2.2.2), and later stages look up definitions by their own.
 *
 * @param definition pinned
 * @param spelling see {@link Spelling}
 */
export function respelled(definition: PinnedStructureDefinition, spelling: Spelling): PinnedStructureDefinition {
  const { baseDefinition, elements } = definition;
  return {
    ...definition,
    ...(baseDefinition !== undefined && { baseDefinition: spelling('StructureDefinition', baseDefinition) }),
    elements: elements.map((element) => respelledElement(element, spelling)),
  };
}

function respelledElement(element: PinnedElement, spelling: Spelling): PinnedElement {
  const { types, binding, maxValueSet, minValueSet, conditionalBindings } = element;
  return {
    ...element,
    ...(types !== undefined && { types: types.map((type) => respelledType(type, spelling)) }),
    ...(binding?.valueSet !== undefined && {
      binding: { ...binding, valueSet: spelling('ValueSet', binding.valueSet) },
    }),
    ...(maxValueSet !== undefined && { maxValueSet: spelling('ValueSet', maxValueSet) }),
    ...(minValueSet !== undefined && { minValueSet: spelling('ValueSet', minValueSet) }),
    ...(conditionalBindings !== undefined && {
      conditionalBindings: conditionalBindings.map((one) => ({ ...one, valueSet: spelling('ValueSet', one.valueSet) })),
    }),
  };
}

function respelledType(type: PinnedType, spelling: Spelling): PinnedType {
  const all = (canonicals: readonly string[]): readonly string[] =>
    canonicals.map((canonical) => spelling('StructureDefinition', canonical));
  return {
    ...type,
    ...(type.profiles !== undefined && { profiles: all(type.profiles) }),
    ...(type.elementProfiles !== undefined && {
      elementProfiles: type.elementProfiles.map(({ profile, element }) => ({
        profile: spelling('StructureDefinition', profile),
        element,
      })),
    }),
    ...(type.targetProfiles !== undefined && { targetProfiles: all(type.targetProfiles) }),
  };
}

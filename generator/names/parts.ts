import type { ResolvedElement, ResolvedSlice } from '../model/resolved.js';

/** The parts of a profile that may need separate types, methods, keys or readers. */
export interface Parts {
  /** Parts that may have a declared type; the profile itself comes first. */
  readonly types: readonly ResolvedElement[];
  /** Parts that are objects in the FHIR type: they have a builder. */
  readonly objects: readonly ResolvedElement[];
  /** The slices of each sliced element, and the reslices of each slice. */
  readonly sliced: readonly (readonly ResolvedSlice[])[];
}

/**
 * The parts of a profile, in the order of its elements.
 *
 * @param root of the profile
 */
export function partsOf(root: ResolvedElement): Parts {
  const types = new Map<string, ResolvedElement>();
  const objects = new Map<string, ResolvedElement>();
  const sliced: (readonly ResolvedSlice[])[] = [];

  const visit = (element: ResolvedElement): void => {
    if (!element.isStated) return;
    const hasMembers = element.members.length > 0;
    if ((hasMembers || element.options.length > 1) && !types.has(element.path)) types.set(element.path, element);
    if (hasMembers && element.content === 'object' && !objects.has(element.path)) objects.set(element.path, element);
    element.members.forEach(visit);
    element.options.forEach(visit);
    if (element.slicing === undefined) return;
    visit(element.slicing.others);
    visitSlices(element.slicing.slices);
  };
  const visitSlices = (slices: readonly ResolvedSlice[]): void => {
    if (slices.length === 0) return;
    sliced.push(slices);
    for (const { item, bare, slices: inner } of slices) {
      visit(item);
      if (bare !== undefined) visit(bare);
      visitSlices(inner);
    }
  };

  visit(root);
  return { types: [...types.values()], objects: [...objects.values()], sliced };
}

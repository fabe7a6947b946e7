import type { PinnedConstraint } from '../pin/snapshot.js';
import { sameFacts, unconstrained } from './effective.js';
import type { ElementModel, SlicingModel } from './model.js';

/**
 * What a slice says beyond what holds for every item of the sliced element. Some tools repeat the latter in the
 * snapshot of each slice, others do not; repeated, it would be checked and reported twice.
 *
 * @param slice the element of a slice
 * @param general the sliced element, with what the profile of its type says
 * @returns the slice's element, as if the guide had not said again what is said already
 */
export function beyondAll(slice: ElementModel, general: ElementModel): ElementModel {
  // How often the slice occurs is another matter than how often the element does.
  return { ...beyond(slice, general), min: slice.min, max: slice.max };
}

/**
 * What an element says beyond another description of it that holds as well, such as the profile of a datatype, which
 * snapshots repeat in part.
 *
 * @param element of a profile
 * @param general the other description
 */
export function beyond(element: ElementModel, general: ElementModel): ElementModel {
  const { fixed, pattern, binding, maxLength, minValue, maxValue, slicing, ...rest } = element;
  const plain = unconstrained(element.base);
  const left = slicing === undefined ? undefined : slicingBeyond(slicing, general.slicing);
  const isSaid = binding?.strength === general.binding?.strength && binding?.valueSet === general.binding?.valueSet;
  const own = isSaid ? plain.binding : binding;
  return {
    ...rest,
    min: element.min <= general.min ? plain.min : element.min,
    max: element.max >= general.max ? plain.max : element.max,
    types: sameFacts(typesOf(element), typesOf(general)) ? plain.types : element.types,
    ...(fixed !== undefined && !isSame(fixed, general.fixed) && { fixed }),
    ...(pattern !== undefined && !isSame(pattern, general.pattern) && { pattern }),
    ...(own !== undefined && { binding: own }),
    ...(maxLength !== undefined && maxLength !== general.maxLength && { maxLength }),
    ...(minValue !== undefined && !isSame(minValue, general.minValue) && { minValue }),
    ...(maxValue !== undefined && !isSame(maxValue, general.maxValue) && { maxValue }),
    constraints: element.constraints.filter((one) => !general.constraints.some((other) => isSameRule(one, other))),
    children: element.children.map((child) => {
      const known = general.children.find((one) => one.base.path === child.base.path);
      return known === undefined ? child : beyond(child, known);
    }),
    ...(left !== undefined && { slicing: left }),
  };
}

/** The element with nothing said but its types. */
function typesOf(element: ElementModel): ElementModel {
  return { ...unconstrained(element.base), types: element.types };
}

/** A slice that is said already may go where others may come in its place; a closed slicing has to name them all. */
function slicingBeyond(own: SlicingModel, general: SlicingModel | undefined): SlicingModel | undefined {
  if (general === undefined) return own;
  const isKnown = (slice: SlicingModel['slices'][number]) =>
    general.slices.some(
      (one) => one.name === slice.name && isSame(one.tests, slice.tests) && sameFacts(one.element, slice.element),
    );
  const news = own.slices.filter((slice) => !isKnown(slice));
  if (news.length === 0 && (own.rules === 'open' || own.rules === general.rules)) return undefined;
  return own.rules === 'open' && !own.ordered ? { ...own, slices: news } : own;
}

/** Whether two constraints are one (FHIR R4, ElementDefinition.constraint: the key is unique in the profile). */
export function isSameRule(a: PinnedConstraint, b: PinnedConstraint): boolean {
  return a.key === b.key && a.expression === b.expression && a.severity === b.severity;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

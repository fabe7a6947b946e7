import { FACTS, type FactRegistry } from '../facts/registry.js';
import { factDifferential, withFacts } from '../facts/values.js';
import { sameRules, unconstrained, unconstrainedBy } from './effective.js';
import type { ElementModel, SliceModel, SlicingModel } from './model.js';

/**
 * The constraints of a slice beyond those of every item of the sliced element. Some tools repeat the latter in the
 * snapshot of each slice, others do not; repeated constraints would be checked and reported twice.
 *
 * @param slice the element of a slice
 * @param general the sliced element, with the profile of its type
 * @param facts the registry
 * @returns the slice's element without repeated constraints
 */
export function sliceDifferential(
  slice: ElementModel,
  general: ElementModel,
  facts: FactRegistry = FACTS,
): ElementModel {
  // The cardinality of the slice is independent of that of the element.
  return { ...differential(slice, general, facts), min: slice.min, max: slice.max };
}

/**
 * The constraints of an element beyond another description that applies as well, such as the profile of a datatype,
 * which snapshots repeat in part.
 *
 * @param element of a profile
 * @param general the other description
 * @param facts the registry
 */
export function differential(element: ElementModel, general: ElementModel, facts: FactRegistry = FACTS): ElementModel {
  const { slicing, ...rest } = withFacts(element, factDifferential(element, general, element.base, facts), facts);
  const plain = unconstrainedBy(facts, element.base);
  const left = slicing === undefined ? undefined : slicingDifferential(slicing, general.slicing, facts);
  return {
    ...rest,
    min: element.min <= general.min ? plain.min : element.min,
    max: element.max >= general.max ? plain.max : element.max,
    types: sameRules(typesOf(element), typesOf(general), facts) ? plain.types : element.types,
    children: element.children.map((child) => {
      const known = general.children.find((one) => one.base.path === child.base.path);
      return known === undefined ? child : differential(child, known, facts);
    }),
    ...(left !== undefined && { slicing: left }),
  };
}

/** The element without constraints, except its types. */
function typesOf(element: ElementModel): ElementModel {
  return { ...unconstrained(element.base), types: element.types };
}

/** A repeated slice may be omitted in an open slicing; a closed slicing has to name all slices. */
function slicingDifferential(
  own: SlicingModel,
  general: SlicingModel | undefined,
  facts: FactRegistry,
): SlicingModel | undefined {
  if (general === undefined) return own;
  const isKnown = (slice: SlicingModel['slices'][number]) =>
    general.slices.some(
      (one) => one.name === slice.name && isSameTests(one, slice) && sameRules(one.element, slice.element, facts),
    );
  const news = own.slices.filter((slice) => !isKnown(slice));
  if (news.length === 0 && (own.rules === 'open' || own.rules === general.rules)) return undefined;
  return own.rules === 'open' && !own.ordered ? { ...own, slices: news } : own;
}

function isSameTests(a: SliceModel, b: SliceModel): boolean {
  return JSON.stringify(a.tests) === JSON.stringify(b.tests);
}

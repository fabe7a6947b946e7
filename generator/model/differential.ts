import { FACTS, type FactRegistry } from '../facts/registry.js';
import { factDifferential, withFacts } from '../facts/values.js';
import { sameRules, unconstrained, unconstrainedBy } from './effective.js';
import type { ElementModel, SliceModel, SlicingModel } from './model.js';

/**
 * What a slice says beyond what holds for every item of the sliced element. Some tools repeat the latter in the
 * snapshot of each slice, others do not; repeated, it would be checked and reported twice.
 *
 * @param slice the element of a slice
 * @param general the sliced element, with what the profile of its type says
 * @param facts that there are
 * @returns the slice's element, as if the guide had not said again what is said already
 */
export function sliceDifferential(
  slice: ElementModel,
  general: ElementModel,
  facts: FactRegistry = FACTS,
): ElementModel {
  // How often the slice occurs is another matter than how often the element does.
  return { ...differential(slice, general, facts), min: slice.min, max: slice.max };
}

/**
 * What an element says beyond another description of it that holds as well, such as the profile of a datatype, which
 * snapshots repeat in part.
 *
 * @param element of a profile
 * @param general the other description
 * @param facts that there are
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

/** The element with nothing said but its types. */
function typesOf(element: ElementModel): ElementModel {
  return { ...unconstrained(element.base), types: element.types };
}

/** A slice that is said already may go where others may come in its place; a closed slicing has to name them all. */
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

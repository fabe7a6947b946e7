import { FACTS, type FactRegistry } from '../facts/registry.js';
import { mergeFacts } from '../facts/values.js';
import { remembering, rememberingOne } from './memory.js';
import type { ElementModel, SliceModel, SlicingModel, TargetModel, TypeModel } from './model.js';

/**
 * Merges two descriptions of an element that apply at once: a profile on a datatype and the element that uses it, all
 * items of a sliced element and one slice.
 *
 * @param general the wider description
 * @param specific the narrower one; names and the FHIR element come from it
 * @param facts the registry
 */
export function merge(general: ElementModel, specific: ElementModel, facts: FactRegistry = FACTS): ElementModel {
  return mergerOf(facts)(general, specific);
}

/** Cached, because many elements are merged with their type again and again. */
const mergerOf = rememberingOne((facts: FactRegistry) =>
  remembering((general: ElementModel, specific: ElementModel) => merged(general, specific, facts)),
);

function merged(general: ElementModel, specific: ElementModel, facts: FactRegistry): ElementModel {
  const slicing = mergeSlicing(general.slicing, specific.slicing, facts);
  return {
    ...specific,
    ...mergeFacts(general, specific, specific.base, facts),
    min: Math.max(general.min, specific.min),
    max: Math.min(general.max, specific.max),
    types: mergeTypes(general.types, specific.types, facts),
    children: mergeChildren(general.children, specific.children, facts),
    ...(slicing === undefined ? {} : { slicing }),
  };
}

/**
 * The same for the children of two elements, whose own cardinality, types and texts are independent.
 *
 * @param general elements of the wider description
 * @param specific elements of the narrower one
 * @param facts the registry
 */
export function mergeChildren(
  general: readonly ElementModel[],
  specific: readonly ElementModel[],
  facts: FactRegistry = FACTS,
): ElementModel[] {
  return mergeBy(
    general,
    specific,
    (element) => element.base.path,
    (wider, own) => merge(wider, own, facts),
  );
}

function mergeBy<T>(
  general: readonly T[],
  specific: readonly T[],
  key: (item: T) => string,
  join: (a: T, b: T) => T,
): T[] {
  if (general.length === 0 && specific.length < 2) return [...specific];
  const all = new Map<string, T>();
  for (const item of general) all.set(key(item), item);
  for (const item of specific) {
    const wider = all.get(key(item));
    all.set(key(item), wider === undefined ? item : join(wider, item));
  }
  return [...all.values()];
}

function mergeTypes(
  general: readonly TypeModel[],
  specific: readonly TypeModel[],
  facts: FactRegistry,
): readonly TypeModel[] {
  const wider = new Map(general.map((type) => [type.code, type]));
  const common = specific.filter((type) => wider.has(type.code));
  // Descriptions that share no type contradict each other; the narrower one is what its author wrote last.
  if (common.length === 0) return specific;
  return common.map((type) => {
    const other = wider.get(type.code);
    return other === undefined ? type : mergeType(other, type, facts);
  });
}

function mergeType(general: TypeModel, specific: TypeModel, facts: FactRegistry): TypeModel {
  const targets = narrower(general.targets, specific.targets);
  const element =
    general.element === undefined || specific.element === undefined
      ? (specific.element ?? general.element)
      : merge(general.element, specific.element, facts);
  const isProfiled = specific.profiles.length + specific.unresolvedProfiles.length > 0;
  const { profiles, unresolvedProfiles } = isProfiled ? specific : general;
  return {
    code: specific.code,
    profiles,
    unresolvedProfiles,
    ...(targets === undefined ? {} : { targets }),
    ...(element === undefined ? {} : { element }),
  };
}

/** A snapshot repeats the targets of the FHIR type where a guide says nothing; those must not widen it. */
function narrower(
  general: readonly TargetModel[] | undefined,
  specific: readonly TargetModel[] | undefined,
): readonly TargetModel[] | undefined {
  if (general === undefined || specific === undefined) return specific ?? general;
  if (specific.some((target) => target.canonical !== undefined)) return specific;
  const isAny = general.some((target) => target.type === 'Resource' && target.canonical === undefined);
  const isWider =
    !isAny && (specific.length > general.length || general.some((target) => target.canonical !== undefined));
  return isWider ? general : specific;
}

/**
 * All slices of both.
 *
 * @param general of the wider description
 * @param specific of the narrower one
 * @param facts the registry
 */
export function mergeSlicing(
  general: SlicingModel | undefined,
  specific: SlicingModel | undefined,
  facts: FactRegistry = FACTS,
): SlicingModel | undefined {
  if (general === undefined || specific === undefined) return specific ?? general;
  return {
    rules: specific.rules === 'open' ? general.rules : specific.rules,
    ordered: general.ordered || specific.ordered,
    discriminators: specific.discriminators.length > 0 ? specific.discriminators : general.discriminators,
    slices: mergeBy(general.slices, specific.slices, sliceIdentity, (wider, own) => mergeSlice(wider, own, facts)),
  };
}

/** A slice is known by its name; those that a pattern or a discriminator requires have none. */
function sliceIdentity({ name, tests }: SliceModel): string {
  return name === '' ? JSON.stringify(tests) : name;
}

function mergeSlice(general: SliceModel, specific: SliceModel, facts: FactRegistry): SliceModel {
  return {
    name: specific.name,
    tests: specific.tests.length > 0 ? specific.tests : general.tests,
    element: merge(general.element, specific.element, facts),
  };
}

import type { Warning } from '../errors.js';
import type { Json } from '../fhir/json.js';
import { withoutVersion } from '../fhir/canonical.js';
import { cardinality, maxOf } from '../fhir/cardinality.js';
import { jsonTypeOf } from '../fhir/primitive.js';
import type { PinnedElement, PinnedStructureDefinition } from '../pin/snapshot.js';
import { byKey } from '../order.js';
import { closedSlice, conflictingValues, givenBelow, givenOf, oddTexts, unboundValue } from './conflict.js';
import { isFitting } from './element.js';
import { jointBinding } from './joint-binding.js';
import { overlaps } from './overlap.js';
import type { BindingModel, ElementModel, FhirType, ProfileModel, ValueSetModel } from './model.js';

/** The context of the search for contradictions. */
export interface ContradictionContext {
  readonly types: ReadonlyMap<string, FhirType>;
  readonly valueSets: ReadonlyMap<string, ValueSetModel>;
  /** Canonicals of profiles, and the FHIR type that each constrains. */
  readonly profileTypes: ReadonlyMap<string, string>;
  readonly profiles: ReadonlyMap<string, ProfileModel>;
}

/** The consequence where an element cannot have a value. */
const UNUSABLE = 'no instance that has this element can be valid';

/**
 * Finds where a profile contradicts its FHIR type or itself: no instance can satisfy it, or the model omits it. FHIR
 * R4, Profiling, "Limitations of Use": a constraint may only narrow.
 *
 * @param profile its model
 * @param definition its StructureDefinition
 * @param context types and value sets
 * @returns one warning for each, in the order of the snapshot
 */
export function contradictions(
  profile: ProfileModel,
  definition: PinnedStructureDefinition,
  context: ContradictionContext,
): readonly Warning[] {
  const stated = new Map(definition.elements.map((element): [string, PinnedElement] => [element.id, element]));
  const found = new Map<string, Warning>();
  const bases = profile.ancestors.flatMap((url) => context.profiles.get(url)?.root ?? []);
  const inherited = elementsById(bases);
  const visit = (element: ElementModel, isSlice: boolean, { general, around }: Surroundings): void => {
    const others = [...(inherited.get(element.id) ?? []), ...(general === undefined ? [] : [general])];
    const messages = [
      ...widened(element, stated.get(element.id), isSlice),
      ...unsatisfiable(element),
      ...impossibleValue(element, context),
      ...conflictingValues(element, others, around),
      ...unboundValue(element, context.valueSets),
      ...(general === undefined ? [] : closedSlice(element, general)),
      ...oddTexts(element),
      ...unsatisfiableBindings(element, context),
      ...overlaps(element, context.valueSets),
    ];
    for (const message of messages) {
      const where = { package: definition.package, profile: profile.url, element: element.id };
      found.set(`${element.id} ${message}`, { message, where });
    }
    const given = [...givenOf(element), ...around];
    for (const child of element.children) {
      const same = general?.children.find(({ base }) => base.path === child.base.path);
      visit(child, false, { around: givenBelow(given, child.base.name), ...(same && { general: same }) });
    }
    for (const type of element.types) if (type.element !== undefined) visit(type.element, true, { around });
    for (const slice of element.slicing?.slices ?? []) visit(slice.element, true, { general: element, around });
  };
  const given = givenOf(profile.root);
  for (const child of profile.root.children) {
    visit(child, false, { around: givenBelow(given, child.base.name) });
  }
  const unfit = definition.elements.flatMap((element) =>
    unfitProfiles(element, context).map((message): Warning => ({
      message,
      where: { package: definition.package, profile: profile.url, element: element.id },
    })),
  );
  return [...found.values(), ...unfit];
}

/** The surroundings of an element. */
interface Surroundings {
  /** For a slice, the unsliced element; below a slice, the same element below the unsliced one. */
  readonly general?: ElementModel;
  /** The values that the elements around it give at its place. */
  readonly around: readonly Json[];
}

function elementsById(roots: readonly ElementModel[]): ReadonlyMap<string, readonly ElementModel[]> {
  const found: ElementModel[] = [];
  const open = [...roots];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next);
    open.push(...next.children, ...(next.slicing?.slices ?? []).map(({ element }) => element));
  }
  return byKey(found, ({ id }) => id);
}

/** Profiles on other types than that of the element, which the model omits. */
function unfitProfiles({ types = [] }: PinnedElement, context: ContradictionContext): readonly string[] {
  return types.flatMap(({ code, profiles = [] }) =>
    profiles
      .map(withoutVersion)
      .filter((profile) => !isFitting(code, profile, context))
      .map(
        (profile) =>
          `no ${code} can conform to ${profile}, a profile of ${context.profileTypes.get(profile) ?? ''}: it is left out`,
      ),
  );
}

/** Cardinalities wider than those of the FHIR type; the model has the latter. */
function widened(
  { base, min, max }: ElementModel,
  stated: PinnedElement | undefined,
  isSlice: boolean,
): readonly string[] {
  if (stated === undefined || isSlice) return [];
  const most = maxOf(stated.max);
  const isWider = stated.min < base.min || most > base.max || most < base.min;
  if (!isWider) return [];
  const [own, fhir] = [cardinality(stated.min, most), cardinality(base.min, base.max)];
  return [`${own} contradicts the ${fhir} of FHIR: ${cardinality(min, max)} is used`];
}

function unsatisfiable({ min, max, slicing }: ElementModel): readonly string[] {
  if (min > max) return [`at least ${min} required, at most ${max} allowed: no instance can be valid`];
  if (slicing === undefined) return [];
  const sum = (bounds: readonly number[]): number => bounds.reduce((total, bound) => total + bound, 0);
  const [required, room] = [
    sum(slicing.slices.map(({ element }) => element.min)),
    sum(slicing.slices.map(({ element }) => element.max)),
  ];
  if (required > max) return [`its slices require ${required}, at most ${max} allowed: ${UNUSABLE}`];
  if (slicing.rules === 'closed' && room < min) {
    return [`at least ${min} required, its slices have room for ${room}: no instance can be valid`];
  }
  return [];
}

/** A fixed value, pattern or binding that leaves no value allowed by the FHIR type. */
function impossibleValue(element: ElementModel, { types, valueSets }: ContradictionContext): readonly string[] {
  const { base, binding } = element;
  const [type, ...others] = element.types;
  if (type === undefined || others.length > 0 || types.get(type.code)?.kind !== 'primitive-type') return [];
  const value = element.fixed ?? element.pattern;
  if (value !== undefined && typeof value !== jsonTypeOf(type.code)) {
    return [`its value ${JSON.stringify(value)} is not a ${type.code}: ${UNUSABLE}`];
  }
  if (type.code !== 'code') return [];
  const fhir = codesOf(base.binding, valueSets);
  const own = binding?.valueSet === base.binding?.valueSet ? undefined : codesOf(binding, valueSets);
  if (typeof value === 'string') {
    const missing = [fhir, own].find((codes) => codes?.codes.has(value) === false);
    return missing === undefined ? [] : [`its code ${JSON.stringify(value)} is not in ${missing.url}: ${UNUSABLE}`];
  }
  if (fhir === undefined || own === undefined || [...own.codes].some((code) => fhir.codes.has(code))) return [];
  return [`${own.url} has no code of ${fhir.url}, to which FHIR binds the element: ${UNUSABLE}`];
}

/** Required bindings to disjoint value sets, where only one coding is possible. */
function unsatisfiableBindings({ binding, types, children }: ElementModel, { valueSets }: ContradictionContext) {
  const joint = jointBinding(binding, valueSets);
  const coded = types.map(({ code }) => code);
  const isSingle = coded.includes('CodeableConcept')
    ? children.some(({ base, max }) => base.name === 'coding' && max === 1)
    : coded.includes('Coding');
  if (joint?.kind !== 'each' || !isSingle) return [];
  return [`one coding cannot be in all of ${joint.valueSets.join(', ')}, to which it is bound: ${UNUSABLE}`];
}

/** All codes that a required binding allows; `undefined` when they are not known. */
function codesOf(
  binding: BindingModel | undefined,
  valueSets: ReadonlyMap<string, ValueSetModel>,
): { readonly url: string; readonly codes: ReadonlySet<string> } | undefined {
  if (binding?.strength !== 'required') return undefined;
  const valueSet = valueSets.get(binding.valueSet);
  if (valueSet?.closed !== true) return undefined;
  return {
    url: valueSet.url,
    codes: new Set(valueSet.systems.flatMap(({ concepts }) => concepts.map(({ code }) => code))),
  };
}

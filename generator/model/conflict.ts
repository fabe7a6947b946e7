import type { Json } from '../fhir/json.js';
import type { BindingModel, ElementModel, ValueSetModel } from './model.js';

/** The consequence where an element cannot have a value. */
const UNUSABLE = 'no instance that has this element can be valid';

/**
 * Finds different values given for one element: `fixed[x]` and `pattern[x]`, those of a profile and of its bases, those
 * of an element and of the elements around it.
 *
 * @param element of a profile
 * @param others the same element elsewhere: in the bases, or of the unsliced element for a slice
 * @param around the values that the elements around it give at its place
 */
export function conflictingValues(
  element: ElementModel,
  others: readonly ElementModel[],
  around: readonly Json[],
): readonly string[] {
  const own = givenOf(element);
  const given = [...own.slice(1), ...others.flatMap(givenOf), ...around];
  const [value] = own;
  if (value === undefined) return [];
  const other = given.find((each) => conflicts(value, each));
  return other === undefined ? [] : [`it must have the value ${text(value)} and the value ${text(other)}: ${UNUSABLE}`];
}

/** The fixed value and pattern of an element. */
export function givenOf({ fixed, pattern }: ElementModel): readonly Json[] {
  return [fixed, pattern].filter((value) => value !== undefined);
}

/** The parts of values for a child element, for each item of an array. */
export function givenBelow(values: readonly Json[], name: string): readonly Json[] {
  return values
    .flatMap((value): readonly Json[] => (isMembers(value) && Object.hasOwn(value, name) ? [value[name] ?? null] : []))
    .flatMap((value): readonly Json[] => (isList(value) ? value : [value]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isMembers(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** Arrays do not conflict: one array may have the items of both. */
function conflicts(a: Json, b: Json): boolean {
  if (isList(a) || isList(b)) return false;
  if (isMembers(a) && isMembers(b)) {
    return Object.entries(a).some(([key, value]) => {
      const other = Object.hasOwn(b, key) ? b[key] : undefined;
      return value !== undefined && other !== undefined && conflicts(value, other);
    });
  }
  return a !== b;
}

/** Finds a fixed or pattern code outside the required binding. */
export function unboundValue(element: ElementModel, valueSets: ReadonlyMap<string, ValueSetModel>): readonly string[] {
  const [type] = element.types;
  const valueSet = requiredValueSet(element.binding, valueSets);
  if (valueSet === undefined || !['Coding', 'Quantity', 'CodeableConcept'].includes(type?.code ?? '')) return [];
  return givenOf(element).flatMap((value) => {
    const isConcept = type?.code === 'CodeableConcept';
    const codings = (isConcept ? givenBelow([value], 'coding') : [value]).filter(
      (coding) => isMembers(coding) && typeof coding['code'] === 'string',
    );
    if (codings.length === 0 || codings.some((coding) => isIn(valueSet, coding))) return [];
    const codes = codings.map((coding) => text(isMembers(coding) ? (coding['code'] ?? null) : coding)).join(', ');
    const cost = isConcept ? 'an instance needs an additional coding' : UNUSABLE;
    return [`its code ${codes} is not in ${valueSet.url}, to which it is bound: ${cost}`];
  });
}

function requiredValueSet(
  binding: BindingModel | undefined,
  valueSets: ReadonlyMap<string, ValueSetModel>,
): ValueSetModel | undefined {
  const valueSet = binding?.strength === 'required' ? valueSets.get(binding.valueSet) : undefined;
  return valueSet?.closed === true ? valueSet : undefined;
}

function isIn({ systems }: ValueSetModel, coding: Json): boolean {
  if (!isMembers(coding)) return false;
  const { system, code } = coding;
  const some = systems.filter((each) => system === undefined || each.system === system);
  return some.some(
    ({ open, caseSensitive, concepts }) =>
      open ||
      concepts.some(
        (concept) =>
          concept.code === code || (!caseSensitive && concept.code.toLowerCase() === String(code).toLowerCase()),
      ),
  );
}

/** A slice that prohibits what every item needs. */
export function closedSlice(slice: ElementModel, general: ElementModel): readonly string[] {
  return slice.children.flatMap((child) => {
    const required = general.children.find(({ base }) => base.path === child.base.path);
    const min = Math.max(required?.min ?? 0, child.base.min);
    if (child.max >= min) return [];
    return [`its ${child.base.name} is required, and the slice allows ${child.max}: no item can be in the slice`];
  });
}

/** Finds likely mistakes in a fixed value or pattern: a stray quote, leading or trailing spaces. */
export function oddTexts(element: ElementModel): readonly string[] {
  const [type] = element.types;
  const isName = /^(?:code|uri|url|canonical|oid|uuid|id|string)$/.test(type?.code ?? '');
  return givenOf(element).flatMap((value) =>
    textsOf(value, isName)
      .filter((each) => ODD.test(each))
      .map((each) => `its value ${text(each)} begins or ends with a stray quote or space: it is copied unchanged`),
  );
}

const ODD = /^[\s'"`´‘’“”«»]|[\s'"`´‘’“”«»]$/;

/** Texts that programs compare: prose may begin with a quote. */
const COMPARED = new Set(['code', 'system', 'url', 'value', 'reference']);

function textsOf(value: Json, isCompared: boolean): readonly string[] {
  if (typeof value === 'string') return isCompared ? [value] : [];
  if (isList(value)) return value.flatMap((item) => textsOf(item, isCompared));
  if (!isMembers(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : textsOf(item, COMPARED.has(key) || (typeof item === 'object' && isCompared)),
  );
}

function text(value: Json): string {
  const whole = JSON.stringify(value);
  return whole.length > 120 ? `${whole.slice(0, 120)}…` : whole;
}

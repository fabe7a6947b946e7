import type { PinnedConstraint, PinnedElement, PinnedStructureDefinition, PinnedType } from '../pin/snapshot.js';
import { bindingOf } from '../facts/binding.js';
import { isBuiltIn } from '../fhir/invariant.js';
import type { ValueSetKey } from './value-set.js';
import type { FhirElement, FhirElementType, FhirType } from './model.js';
import { maxOf } from '../fhir/cardinality.js';
import { fhirTypeName } from '../fhir/canonical.js';
import { concreteTypes } from '../fhir/release.js';

/** The FHIR types by name. */
export type FhirTypes = ReadonlyMap<string, FhirType>;

/**
 * Reads a FHIR type from its StructureDefinition.
 *
 * @param definition a StructureDefinition that is not a profile
 * @param valueSetKey see {@link ValueSetKey}
 */
export function fhirType(definition: PinnedStructureDefinition, valueSetKey: ValueSetKey): FhirType {
  const [root, ...rest] = definition.elements;
  return {
    name: definition.type,
    kind: definition.kind,
    abstract: definition.abstract === true,
    package: definition.package,
    elements: childrenOf(definition.type, rest, valueSetKey),
    constraints: (root?.constraints ?? []).filter((one) => !isBuiltIn(one)),
  };
}

/**
 * The child elements of an element of a FHIR type: its own, those of its contentReference, or those of its datatype.
 *
 * @param element an element of a FHIR type
 * @param code which of its types, for a choice
 * @param types all types
 */
export function elementsBelow(
  element: FhirElement,
  code: string | undefined,
  types: FhirTypes,
): readonly FhirElement[] {
  if (element.children.length > 0) return element.children;
  if (element.contentReference !== undefined) return find(element.contentReference, types)?.children ?? [];
  const only = code ?? (element.types.length === 1 ? element.types[0]?.code : undefined);
  return only === undefined ? [] : (types.get(only)?.elements ?? []);
}

/** The element of a FHIR type with this path. */
function find(path: string, types: FhirTypes): FhirElement | undefined {
  const [type, ...names] = path.split('.');
  let elements = types.get(type ?? '')?.elements ?? [];
  let found: FhirElement | undefined;
  for (const name of names) {
    found = elements.find((element) => element.path.endsWith(`.${name}`));
    elements = found?.children ?? [];
  }
  return found;
}

/** One pass over the flat list: an element's children follow it and have a path one segment longer. */
function childrenOf(parent: string, flat: readonly PinnedElement[], valueSetKey: ValueSetKey): FhirElement[] {
  const prefix = `${parent}.`;
  const direct = flat.filter(
    (element) => element.path.startsWith(prefix) && !element.path.includes('.', prefix.length),
  );
  return direct.map((element) => fhirElement(element, flat, valueSetKey));
}

function fhirElement(element: PinnedElement, flat: readonly PinnedElement[], valueSetKey: ValueSetKey): FhirElement {
  const last = element.path.slice(element.path.lastIndexOf('.') + 1);
  const choice = last.endsWith('[x]');
  const max = maxOf(element.max);
  const binding = bindingOf(element.binding, valueSetKey);
  return {
    name: choice ? last.slice(0, -'[x]'.length) : last,
    path: element.path,
    choice,
    min: element.min,
    max,
    array: max > 1,
    ...(element.short === undefined ? {} : { short: element.short }),
    types: (element.types ?? []).map(elementType),
    ...(element.contentReference === undefined ? {} : { contentReference: localReference(element.contentReference) }),
    ...(binding === undefined ? {} : { binding }),
    ...(element.maxValueSet === undefined ? {} : { maxValueSet: valueSetKey(element.maxValueSet) }),
    children: childrenOf(element.path, flat, valueSetKey),
    constraints: constraintsOf(element, flat),
  };
}

/**
 * The invariants of an element. FHIR R4, ElementDefinition.contentReference: it includes all rules of the element that
 * it names, invariants too.
 */
function constraintsOf(element: PinnedElement, flat: readonly PinnedElement[]): readonly PinnedConstraint[] {
  const path = element.contentReference && localReference(element.contentReference);
  const referenced = path === undefined ? undefined : flat.find((one) => one.path === path);
  const all = [...(element.constraints ?? []), ...(referenced?.constraints ?? [])].filter((one) => !isBuiltIn(one));
  return [...new Map(all.map((one) => [one.key, one])).values()];
}

function elementType(type: PinnedType): FhirElementType {
  const targets = type.targetProfiles?.flatMap((canonical) => concreteTypes(fhirTypeName(canonical) ?? 'Resource'));
  return targets === undefined ? { code: type.code } : { code: type.code, targets };
}

/** `#Questionnaire.item`, or `http://hl7.org/fhir/StructureDefinition/Questionnaire#Questionnaire.item`. */
function localReference(reference: string): string {
  return reference.slice(reference.indexOf('#') + 1);
}

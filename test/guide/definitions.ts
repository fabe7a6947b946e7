import type { ConformanceResource } from '../../generator/fhir/package.js';

/** Canonical bases of FHIR's own definitions, and of those in the guides of tests. */
export const FHIR = 'http://hl7.org/fhir/StructureDefinition/';
export const GUIDE = 'http://example.org/StructureDefinition/';
export const VALUE_SET = 'http://example.org/ValueSet/';
export const CODE_SYSTEM = 'http://example.org/CodeSystem/';

/** Members of a JSON object, valid or not. */
export type Members = Readonly<Record<string, unknown>>;

const DATATYPES = [
  'CodeableConcept',
  'Coding',
  'Element',
  'Extension',
  'Identifier',
  'Quantity',
  'Reference',
  'string',
];

/**
 * A definition as FHIR JSON.
 *
 * @param resourceType of the definition
 * @param url canonical
 * @param members added to or in place of the usual ones
 */
export function definition(
  resourceType: ConformanceResource['resourceType'],
  url: string,
  members: Members = {},
): ConformanceResource {
  return { resourceType, url, version: '1.0.0', ...members };
}

/** A StructureDefinition with the given canonical and members. */
export function structureDefinition(url: string, members: Members = {}): ConformanceResource {
  return definition('StructureDefinition', url, members);
}

/** A FHIR type with the elements of a snapshot. */
export function fhirType(
  type: string,
  kind: string,
  base: string | undefined,
  elements: readonly Members[],
  members: Members = {},
): ConformanceResource {
  return structureDefinition(FHIR + type, {
    version: '4.0.1',
    id: type,
    name: type,
    kind,
    type,
    ...(base === undefined ? {} : { baseDefinition: FHIR + base, derivation: 'specialization' }),
    snapshot: { element: elements },
    ...members,
  });
}

/** A profile with a snapshot: the root, then the given elements. */
export function profile(
  id: string,
  type: string,
  elements: readonly Members[],
  members: Members = {},
): ConformanceResource {
  return constraint(id, type, { snapshot: { element: [element(type, { max: '*' }), ...elements] }, ...members });
}

/** A profile with a differential only: the root, then the given elements. */
export function differentialProfile(
  id: string,
  type: string,
  elements: readonly unknown[],
  members: Members = {},
): ConformanceResource {
  return constraint(id, type, { differential: { element: [diff(type), ...elements] }, ...members });
}

function constraint(id: string, type: string, members: Members): ConformanceResource {
  return structureDefinition(GUIDE + id, {
    id,
    name: id,
    kind: DATATYPES.includes(type) ? 'complex-type' : 'resource',
    type,
    derivation: 'constraint',
    baseDefinition: FHIR + type,
    ...members,
  });
}

/** A profile of Extension with a differential: a value of one type, and further elements. */
export function extension(id: string, code: string, more: readonly unknown[] = []): ConformanceResource {
  return differentialProfile(id, 'Extension', [
    diff('Extension.url', { fixedUri: GUIDE + id }),
    diff('Extension.value[x]', { type: [{ code }] }),
    ...more,
  ]);
}

/** An element of a snapshot, 0..1 by default; its path follows from its id. */
export function element(id: string, members: Members = {}): Members {
  return { id, path: pathOf(id), min: 0, max: '1', ...members };
}

/** An element of a differential; path and slice name follow from its id. */
export function diff(id: string, members: Members = {}): Members {
  const sliceName = /:(.*)$/.exec(id.split('.').at(-1) ?? '')?.[1];
  return { id, path: pathOf(id), ...(sliceName !== undefined && { sliceName }), ...members };
}

function pathOf(id: string): string {
  return id
    .split('.')
    .map((name) => name.replace(/:.*$/, ''))
    .join('.');
}

/** A value set with the given members, such as `compose`. */
export function valueSet(id: string, members: Members): ConformanceResource {
  return definition('ValueSet', VALUE_SET + id, { id, name: id, ...members });
}

/** A complete code system with the given concepts. */
export function codeSystem(id: string, concept: readonly Members[], members: Members = {}): ConformanceResource {
  return definition('CodeSystem', CODE_SYSTEM + id, { id, content: 'complete', concept, ...members });
}

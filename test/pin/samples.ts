import type { Definitions } from '../../generator/load/definitions.js';
import type { ConformanceResource, FhirPackage } from '../../generator/fhir/package.js';
import { pin, type PinOptions } from '../../generator/pin-package.js';
import type { Pinned } from '../../generator/pin/pin.js';
import type { PinnedStructureDefinition } from '../../generator/pin/snapshot.js';

export const FHIR = 'http://hl7.org/fhir/StructureDefinition/';
export const GUIDE = 'http://example.org/StructureDefinition/';
export const VALUE_SET = 'http://example.org/ValueSet/';
export const CODE_SYSTEM = 'http://example.org/CodeSystem/';

/** Any JSON value, as a test writes it. */
export type Members = Readonly<Record<string, unknown>>;

/** An ElementDefinition with the members of every snapshot. */
export function element(id: string, members: Members = {}): Members {
  const path = id
    .split('.')
    .map((part) => part.split(':')[0])
    .join('.');
  return { id, path, min: 0, max: '1', ...members };
}

/** A FHIR type with the given elements; `path type` makes a short one. */
function fhirType(
  type: string,
  kind: string,
  base: string | undefined,
  elements: readonly Members[],
): ConformanceResource {
  return {
    resourceType: 'StructureDefinition',
    url: FHIR + type,
    version: '4.0.1',
    id: type,
    name: type,
    kind,
    type,
    ...(base === undefined ? {} : { baseDefinition: FHIR + base, derivation: 'specialization' }),
    snapshot: { element: [element(type, { max: '*' }), ...elements] },
  };
}

/** A profile of the guide: the root, then the given elements. */
export function profile(
  id: string,
  type: string,
  elements: readonly Members[],
  members: Members = {},
): ConformanceResource {
  return {
    resourceType: 'StructureDefinition',
    url: GUIDE + id,
    version: '1.0.0',
    id,
    name: id,
    kind: type === 'Patient' || type === 'Observation' ? 'resource' : 'complex-type',
    type,
    derivation: 'constraint',
    baseDefinition: FHIR + type,
    snapshot: { element: [element(type, { max: '*' }), ...elements] },
    ...members,
  };
}

export function valueSet(id: string, members: Members): ConformanceResource {
  return { resourceType: 'ValueSet', url: VALUE_SET + id, version: '1.0.0', id, name: id, ...members };
}

export function codeSystem(id: string, concept: readonly Members[], members: Members = {}): ConformanceResource {
  return {
    resourceType: 'CodeSystem',
    url: CODE_SYSTEM + id,
    version: '1.0.0',
    id,
    content: 'complete',
    concept,
    ...members,
  };
}

/** The FHIR types that the profiles are based on. */
const CORE_TYPES: readonly ConformanceResource[] = [
  fhirType('Element', 'complex-type', undefined, [
    element('Element.extension', { max: '*', type: [{ code: 'Extension' }] }),
  ]),
  fhirType('Extension', 'complex-type', 'Element', [element('Extension.value[x]', { type: [{ code: 'string' }] })]),
  fhirType('string', 'primitive-type', 'Element', []),
  fhirType('code', 'primitive-type', 'string', []),
  fhirType('Reference', 'complex-type', 'Element', []),
  fhirType('Identifier', 'complex-type', 'Element', [element('Identifier.system', { type: [{ code: 'string' }] })]),
  fhirType('Resource', 'resource', undefined, []),
  fhirType('DomainResource', 'resource', 'Resource', []),
  fhirType('Patient', 'resource', 'DomainResource', [
    element('Patient.gender', {
      type: [{ code: 'code' }],
      binding: { strength: 'extensible', valueSet: `${VALUE_SET}core-gender` },
    }),
  ]),
  fhirType('Observation', 'resource', 'DomainResource', []),
  fhirType('Practitioner', 'resource', 'DomainResource', []),
];

function packageOf(name: string, version: string, resources: readonly ConformanceResource[]): FhirPackage {
  return { name, version, fhirVersions: ['4.0.1'], dependencies: {}, resources };
}

/** A guide based on the FHIR types above. */
export function guide(resources: readonly ConformanceResource[], others: readonly FhirPackage[] = []): Definitions {
  const root = packageOf('example.guide', '1.0.0', resources);
  return { root, packages: [root, ...others, packageOf('hl7.fhir.r4.core', '4.0.1', CORE_TYPES)], missing: [] };
}

/** Pins a guide with the given definitions. */
export function pinned(resources: readonly ConformanceResource[], options: PinOptions = {}): Pinned {
  return pin(guide(resources), options);
}

/** The pinned definition with a canonical. @throws when it is not pinned */
export function definitionOf({ snapshot }: Pinned, url: string): PinnedStructureDefinition {
  const found = snapshot.structureDefinitions.find((definition) => definition.url === url);
  if (found === undefined) throw new Error(`${url} is not pinned`);
  return found;
}

/** Canonicals of the pinned definitions of the guide, without its address. */
export function pinnedProfiles({ snapshot }: Pinned): readonly string[] {
  return snapshot.structureDefinitions
    .filter((definition) => definition.url.startsWith(GUIDE))
    .map((definition) => definition.url.slice(GUIDE.length));
}

export { packageOf };

import type { Definitions } from '../../generator/load/definitions.js';
import type { ConformanceResource, FhirPackage } from '../../generator/fhir/package.js';
import { pin, type PinOptions } from '../../generator/pin-package.js';
import type { Pinned } from '../../generator/pin/pin.js';
import type { PinnedStructureDefinition } from '../../generator/pin/snapshot.js';
import { element, fhirType, GUIDE, type Members, VALUE_SET } from '../guide/definitions.js';
import { guideOf, packageOf } from '../guide/package.js';

export {
  CODE_SYSTEM,
  codeSystem,
  element,
  FHIR,
  GUIDE,
  type Members,
  profile,
  VALUE_SET,
  valueSet,
} from '../guide/definitions.js';
export { packageOf } from '../guide/package.js';

/** A FHIR type whose root has the given elements below it. */
function type(name: string, kind: string, base: string | undefined, elements: readonly Members[]): ConformanceResource {
  return fhirType(name, kind, base, [element(name, { max: '*' }), ...elements]);
}

/** The FHIR types that the profiles are based on. */
const CORE_TYPES: readonly ConformanceResource[] = [
  type('Element', 'complex-type', undefined, [
    element('Element.extension', { max: '*', type: [{ code: 'Extension' }] }),
  ]),
  type('Extension', 'complex-type', 'Element', [element('Extension.value[x]', { type: [{ code: 'string' }] })]),
  type('string', 'primitive-type', 'Element', []),
  type('code', 'primitive-type', 'string', []),
  type('Reference', 'complex-type', 'Element', []),
  type('Identifier', 'complex-type', 'Element', [element('Identifier.system', { type: [{ code: 'string' }] })]),
  type('Resource', 'resource', undefined, []),
  type('DomainResource', 'resource', 'Resource', []),
  type('Patient', 'resource', 'DomainResource', [
    element('Patient.gender', {
      type: [{ code: 'code' }],
      binding: { strength: 'extensible', valueSet: `${VALUE_SET}core-gender` },
    }),
  ]),
  type('Observation', 'resource', 'DomainResource', []),
  type('Practitioner', 'resource', 'DomainResource', []),
];

/** A guide based on the FHIR types above. */
export function guide(resources: readonly ConformanceResource[], others: readonly FhirPackage[] = []): Definitions {
  return guideOf(resources, ...others, packageOf('hl7.fhir.r4.core#4.0.1', CORE_TYPES));
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

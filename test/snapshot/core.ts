import type { ConformanceResource, FhirPackage } from '../../generator/fhir/package.js';

export const FHIR = 'http://hl7.org/fhir/StructureDefinition/';

/** Any JSON value, as a test writes it. */
export type Members = Readonly<Record<string, unknown>>;

/** An element of a FHIR type: `id 0..1 id`, the types separated by `|`. */
function typeElement(owner: string, row: string, inheritedFrom?: string): Members {
  const [name = '', cardinality = '', types = ''] = row.split(' ');
  const [min = '0', max = '1'] = cardinality.split('..');
  const path = `${owner}.${name}`;
  return {
    id: path,
    path,
    short: `FHIR's ${name}`,
    definition: 'Prose.',
    min: Number(min),
    max,
    base: { path: inheritedFrom === undefined ? path : `${inheritedFrom}.${name}`, min: Number(min), max },
    ...(types.startsWith('#') ? { contentReference: types } : { type: types.split('|').map((code) => ({ code })) }),
  };
}

function fhirType(type: string, kind: string, base: string | undefined, rows: readonly string[]): ConformanceResource {
  const inherited = ['id 0..1 string', 'extension 0..* Extension'];
  const isResource = kind === 'resource';
  const element = [
    { id: type, path: type, short: `FHIR's ${type}`, min: 0, max: '*', base: { path: type, min: 0, max: '*' } },
    ...(type === 'Element' ? [] : inherited).map((row) => typeElement(type, row, isResource ? 'Resource' : 'Element')),
    ...rows.map((row) => typeElement(type, row)),
  ];
  const differential = { element: element.slice(0, 1) };
  return {
    resourceType: 'StructureDefinition',
    url: FHIR + type,
    version: '4.0.1',
    id: type,
    name: type,
    kind,
    type,
    ...(base === undefined ? {} : { baseDefinition: FHIR + base, derivation: 'specialization' }),
    snapshot: { element },
    differential,
  };
}

/** The FHIR types that differentials have elements of. */
export const CORE: FhirPackage = {
  name: 'hl7.fhir.r4.core',
  version: '4.0.1',
  fhirVersions: ['4.0.1'],
  dependencies: {},
  resources: [
    fhirType('Element', 'complex-type', undefined, ['id 0..1 string', 'extension 0..* Extension']),
    fhirType('Extension', 'complex-type', 'Element', [
      'url 1..1 uri',
      'value[x] 0..1 string|boolean|Quantity|CodeableConcept',
    ]),
    ...['string', 'uri', 'code', 'boolean', 'decimal', 'date', 'id'].map((type) =>
      fhirType(type, 'primitive-type', 'Element', [`value 0..1 ${type}`]),
    ),
    fhirType('Coding', 'complex-type', 'Element', ['system 0..1 uri', 'code 0..1 code']),
    fhirType('CodeableConcept', 'complex-type', 'Element', ['coding 0..* Coding', 'text 0..1 string']),
    fhirType('Quantity', 'complex-type', 'Element', ['value 0..1 decimal', 'unit 0..1 string']),
    fhirType('Identifier', 'complex-type', 'Element', [
      'type 0..1 CodeableConcept',
      'system 0..1 uri',
      'value 0..1 string',
    ]),
    fhirType('Reference', 'complex-type', 'Element', ['reference 0..1 string']),
    fhirType('BackboneElement', 'complex-type', 'Element', []),
    fhirType('Resource', 'resource', undefined, []),
    fhirType('DomainResource', 'resource', 'Resource', []),
    fhirType('Patient', 'resource', 'DomainResource', [
      'identifier 0..* Identifier',
      'gender 0..1 code',
      'birthDate 0..1 date',
      'maritalStatus 0..1 CodeableConcept',
      'contact 0..* BackboneElement',
      'contact.relationship 0..* CodeableConcept',
      'deceased[x] 0..1 boolean|string',
    ]),
    fhirType('Observation', 'resource', 'DomainResource', [
      'category 1..* CodeableConcept',
      'code 1..1 CodeableConcept',
      'value[x] 0..1 Quantity|CodeableConcept|string',
      'component 0..* BackboneElement',
      'component.code 1..1 CodeableConcept',
      'component.value[x] 0..1 Quantity|CodeableConcept|string',
    ]),
    fhirType('Questionnaire', 'resource', 'DomainResource', [
      'item 0..* BackboneElement',
      'item.id 0..1 string',
      'item.linkId 1..1 string',
      'item.item 0..* #Questionnaire.item',
    ]),
  ],
};

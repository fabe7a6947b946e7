import type { ConformanceResource, FhirPackage } from '../../generator/fhir/package.js';
import { fhirType, type Members } from '../guide/definitions.js';
import { packageOf } from '../guide/package.js';

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

function type(name: string, kind: string, base: string | undefined, rows: readonly string[]): ConformanceResource {
  const inherited = ['id 0..1 string', 'extension 0..* Extension'];
  const isResource = kind === 'resource';
  const element = [
    { id: name, path: name, short: `FHIR's ${name}`, min: 0, max: '*', base: { path: name, min: 0, max: '*' } },
    ...(name === 'Element' ? [] : inherited).map((row) => typeElement(name, row, isResource ? 'Resource' : 'Element')),
    ...rows.map((row) => typeElement(name, row)),
  ];
  return fhirType(name, kind, base, element, { differential: { element: element.slice(0, 1) } });
}

/** The FHIR types that differentials have elements of. */
export const CORE: FhirPackage = packageOf('hl7.fhir.r4.core#4.0.1', [
  type('Element', 'complex-type', undefined, ['id 0..1 string', 'extension 0..* Extension']),
  type('Extension', 'complex-type', 'Element', [
    'url 1..1 uri',
    'value[x] 0..1 string|boolean|Quantity|CodeableConcept',
  ]),
  ...['string', 'uri', 'code', 'boolean', 'decimal', 'date', 'id'].map((name) =>
    type(name, 'primitive-type', 'Element', [`value 0..1 ${name}`]),
  ),
  type('Coding', 'complex-type', 'Element', ['system 0..1 uri', 'code 0..1 code']),
  type('CodeableConcept', 'complex-type', 'Element', ['coding 0..* Coding', 'text 0..1 string']),
  type('Quantity', 'complex-type', 'Element', ['value 0..1 decimal', 'unit 0..1 string']),
  type('Identifier', 'complex-type', 'Element', ['type 0..1 CodeableConcept', 'system 0..1 uri', 'value 0..1 string']),
  type('Reference', 'complex-type', 'Element', ['reference 0..1 string']),
  type('BackboneElement', 'complex-type', 'Element', []),
  type('Resource', 'resource', undefined, []),
  type('DomainResource', 'resource', 'Resource', []),
  type('Patient', 'resource', 'DomainResource', [
    'identifier 0..* Identifier',
    'gender 0..1 code',
    'birthDate 0..1 date',
    'maritalStatus 0..1 CodeableConcept',
    'contact 0..* BackboneElement',
    'contact.relationship 0..* CodeableConcept',
    'deceased[x] 0..1 boolean|string',
  ]),
  type('Observation', 'resource', 'DomainResource', [
    'category 1..* CodeableConcept',
    'code 1..1 CodeableConcept',
    'value[x] 0..1 Quantity|CodeableConcept|string',
    'component 0..* BackboneElement',
    'component.code 1..1 CodeableConcept',
    'component.value[x] 0..1 Quantity|CodeableConcept|string',
  ]),
  type('Questionnaire', 'resource', 'DomainResource', [
    'item 0..* BackboneElement',
    'item.id 0..1 string',
    'item.linkId 1..1 string',
    'item.item 0..* #Questionnaire.item',
  ]),
]);

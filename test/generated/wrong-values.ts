import type { Wrong } from './wrong.js';

const MG = "{ system: 'http://unitsofmeasure.org', code: 'mg' } as const";
const CT = "{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'CT' } as const";
const LOINC = "system: 'http://loinc.org'";
const LABEL = "url: 'https://example.org/constructed/StructureDefinition/Label'";
const FIRST = `{ code: { coding: [{ ${LOINC}, code: '1-1' }] }, valueQuantity: ${MG} }`;

/** Values, codes, choices and references that a profile does not allow. */
export const VALUES: readonly Wrong[] = [
  {
    name: 'fixed primitive',
    type: 'FixedValues',
    value: "{ ...fixed, status: 'amended' }",
    message: /^status: Type '"amended"' is not assignable to type '"final"'/,
  },
  {
    name: 'fixed Coding: code',
    type: 'FixedDatatypes',
    value: "{ ...encounter, class: { system: 'https://example.org/colours', code: 'green' } }",
    message: /^code: Type '"green"' is not assignable to type '"red"'/,
  },
  {
    name: 'fixed Coding: one member more',
    type: 'FixedDatatypes',
    value: "{ ...encounter, class: { system: 'https://example.org/colours', code: 'red', display: 'Red' } }",
    message: /^display: Type 'string' is not assignable to type 'undefined'/,
  },
  {
    name: 'fixed CodeableConcept',
    type: 'FixedValues',
    value: `{ ...fixed, code: { coding: [{ ${LOINC}, code: '9-9', display: 'Three' }] } }`,
    message: /^code: Type '"9-9"' is not assignable to type '"3-3"'/,
  },
  {
    name: 'fixed Identifier',
    type: 'FixedDatatypes',
    value: "{ ...encounter, identifier: [{ system: 'https://example.org/id', value: 'E-2' }] }",
    message: /^value: Type '"E-2"' is not assignable to type '"E-1"'/,
  },
  {
    name: 'fixed Quantity',
    type: 'FixedDatatypes',
    value: "{ ...encounter, length: { value: 2, system: 'http://unitsofmeasure.org', code: 'd' } }",
    message: /^value: Type '2' is not assignable to type '1'/,
  },
  {
    name: 'pattern of a primitive',
    type: 'FRImagingStudyDocumentIdentifierStudyInstanceUid',
    value: "{ system: 'urn:other', value: '1' }",
    message: /^system: Type '"urn:other"' is not assignable to type '"urn:dicom:uid"'/,
  },
  {
    name: 'pattern of a Coding',
    type: 'FixedDatatypes',
    value: "{ ...encounter, type: [{ coding: [{ system: 'https://example.org/shapes', code: 'square' }] }] }",
    message: /^code: Type '"square"' is not assignable to type '"round"'/,
  },
  {
    name: 'pattern of a CodeableConcept',
    type: 'FixedDatatypes',
    value: `{ ...encounter, serviceType: { coding: [{ ${LOINC}, code: '5-5' }] } }`,
    message:
      /^coding: .*(?:HasSlice|SlicedArray|SlicedTuple)<"http:\/\/loinc\.org\|4-4"[^]* 'code' [^]* is not assignable to type '"4-4"'/,
  },
  {
    name: 'pattern of a CodeableConcept: member missing',
    type: 'FixedDatatypes',
    value: "{ ...encounter, serviceType: { coding: [{ code: '4-4' }] } }",
    message:
      /^coding: .*(?:HasSlice|SlicedArray|SlicedTuple)<"http:\/\/loinc\.org\|4-4"[^]*Property 'system' is missing in type .* required in type 'CodingOf<"http:\/\/loinc\.org", "4-4">'/,
  },
  {
    name: 'pattern of an Identifier',
    type: 'FixedValues',
    value: "{ ...fixed, identifier: [{ system: 'https://example.org/other', type: { coding: [{ code: 'ID' }] } }] }",
    message: /^system: Type '"https:\/\/example\.org\/other"' is not assignable to type '"https:\/\/example\.org\/id"'/,
  },
  {
    name: 'pattern of a Quantity',
    type: 'FixedValues',
    value: "{ ...fixed, valueQuantity: { system: 'http://unitsofmeasure.org', code: 'kg' } }",
    message: /^code: Type '"kg"' is not assignable to type '"mg"'/,
  },
  {
    name: 'pattern of a Period',
    type: 'FixedDatatypes',
    value: "{ ...encounter, period: { start: '2025-01-01' } }",
    message: /^start: Type '"2025-01-01"' is not assignable to type '"2024-01-01"'/,
  },
  {
    name: 'pattern of a Reference',
    type: 'FixedDatatypes',
    value: "{ ...encounter, subject: { type: 'Group' } }",
    message: /^type: Type '"Group"' is not assignable to type '"Patient"'/,
  },
  {
    name: 'binding of a code',
    type: 'FRImagingStudyDocument',
    value: "{ ...study, status: 'done' }",
    message: /^status: Type '"done"' is not assignable to type .*"available"/,
  },
  {
    name: 'binding of a Coding: code',
    type: 'FRImagingStudyDocument',
    value: "{ ...study, modality: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'SCANNER' }] }",
    message: /^code: Type '"SCANNER"' is not assignable to type 'JdvModaliteAcquisitionCisisCode'/,
  },
  {
    name: 'binding of a Coding: system',
    type: 'FRImagingStudyDocument',
    value: "{ ...study, modality: [{ system: 'urn:other', code: 'CT' }] }",
    message:
      /^system: Type '"urn:other"' is not assignable to type '"http:\/\/dicom\.nema\.org\/resources\/ontology\/DCM"'/,
  },
  {
    name: 'binding of a Coding: code, in a second item',
    type: 'FRImagingStudyDocument',
    value: `{ ...study, modality: [${CT}, { system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'SCANNER' }] }`,
    message:
      /^modality: [^]* position 1 [^]*'code'[^]*Type '"SCANNER"' is not assignable to type 'JdvModaliteAcquisitionCisisCode'/,
  },
  {
    name: 'binding of a Coding: a code of another system',
    type: 'FixedValues',
    value: "{ ...fixed, method: { coding: [{ system: 'https://example.org/shapes', code: 'red' }] } }",
    message:
      /^coding: .*HasCoding<ThingsCoding>[^]* position 0 [^]* 'code' [^]*is not assignable to type '"round" \| "square"'/,
  },
  {
    name: 'binding of a CodeableConcept',
    type: 'FixedValues',
    value: "{ ...fixed, bodySite: { coding: [{ system: 'https://example.org/colours', code: 'pink' }] } }",
    message:
      /^coding: .*HasCoding<ColoursCoding>[^]* position 0 [^]*'code'[^]*Type '"pink"' is not assignable to type 'ColoursCode'/,
  },
  {
    name: 'binding of a CodeableConcept: text alone',
    type: 'FixedValues',
    value: "{ ...fixed, bodySite: { text: 'pink' } }",
    message: /^bodySite: Property 'coding' is missing in type .* required in type 'CodedConcept<ColoursCoding>'/,
  },
  {
    name: 'binding of a Quantity: unit',
    type: 'ClosedComponentsComponentFirst',
    value: `{ ...(${FIRST}), valueQuantity: { system: 'http://unitsofmeasure.org', code: 'ml' } }`,
    message: /^code: Type '"ml"' is not assignable to type '"mg" \| "kg"/,
  },
  {
    name: 'binding of a string',
    type: 'Label',
    value: `{ ${LABEL}, valueString: 'pink' }`,
    message: /^valueString: Type '"pink"' is not assignable to type '"red" \| "green" \| "blue"/,
  },
  {
    name: 'choice: wrong type',
    type: 'ChoicesByType',
    value: "{ resourceType: 'Observation', status: 'final', code: {}, valueString: 'x' }",
    message: /^valueString: Type 'string' is not assignable to type 'undefined'/,
  },
  {
    name: 'choice: two at once',
    type: 'FixedValues',
    value: "{ ...fixed, effectiveDateTime: '2024', effectivePeriod: { start: '2024' } }",
    message: /Types of property 'effectivePeriod' are incompatible\.\n *Type .* is not assignable to type 'undefined'/,
  },
  {
    name: 'JSON type of a primitive',
    type: 'FRImagingStudyDocument',
    value: "{ ...study, numberOfSeries: '1' }",
    message: /^numberOfSeries: Type 'string' is not assignable to type 'number'/,
  },
  {
    name: 'reference: type',
    type: 'FRImagingStudyDocument',
    value: "{ ...study, subject: { reference: 'Practitioner/1' } }",
    message:
      /^reference: Type '"Practitioner\/1"' is not assignable to type 'ReferenceText<"Patient" \| "Device" \| "Group">/,
  },
  {
    name: 'reference: text that does not tell the type',
    type: 'FRImagingStudyDocument',
    value: '{ ...study, subject: { reference: String(1) } }',
    message: /^reference: Type 'string' is not assignable to type 'ReferenceText<"Patient" \| "Device" \| "Group">/,
  },
  {
    name: 'reference: profile',
    type: 'FRImagingStudyDocument',
    value: '{ ...study, procedureReference: referenceTo(procedure) }',
    message:
      /^procedureReference: [^]*Property '"\S*\/fr-procedure-imaging-document"' is missing in type .*fr-procedure-act-document'/,
  },
  {
    name: 'reference: type, through referenceTo',
    type: 'FRImagingStudyDocument',
    value: '{ ...study, procedureReference: referenceTo(organization) }',
    message:
      /^procedureReference: Type 'LiteralReferenceTo<FROrganizationDocument>' is not assignable to type 'FRProcedureImagingDocumentReference'/,
  },
  {
    name: 'wrong resourceType',
    type: 'FRImagingStudyDocument',
    value: "{ ...study, resourceType: 'Patient' }",
    message: /^resourceType: Type '"Patient"' is not assignable to type '"ImagingStudy"'/,
  },
  {
    name: 'unknown property',
    type: 'FRImagingStudyDocument',
    value: '{ ...study, serie: [] }',
    message: /^serie: .*'serie' does not exist in type 'FRImagingStudyDocument'. Did you mean to write 'series'/,
  },
];

import type { Wrong } from './wrong.js';

const CT = "{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'CT' } as const";
const MG = "{ system: 'http://unitsofmeasure.org', code: 'mg' } as const";
const LOINC = "system: 'http://loinc.org'";
const ACTOR = "url: 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-actor-extension'";
const DETAILS = "url: 'https://example.org/constructed/StructureDefinition/Details'";
const WHO = "{ url: 'who', valueReference: { reference: 'Patient/1' } } as const";

/** Missing, surplus and prohibited elements. */
export const REQUIRED: readonly Wrong[] = [
  {
    name: 'required element missing: top level',
    type: 'FRImagingStudyDocument',
    value: "but<FRImagingStudyDocument, 'series'>('series')",
    message: /Property 'series' is missing in type .* required in type 'FRImagingStudyDocument'/,
  },
  {
    name: 'required element missing: nested',
    type: "FRImagingStudyDocument['series']",
    value: "[but<FRImagingStudyDocumentSeries, 'laterality'>('laterality')]",
    message: /Property 'laterality' is missing in type .* required in type 'FRImagingStudyDocumentSeries'/,
  },
  {
    name: 'required element missing: in a slice',
    type: 'FRImagingStudyDocument',
    value: "{ ...study, identifier: [{ system: 'urn:dicom:uid' }] }",
    message:
      /^identifier: [^]*Property 'value' is missing in type .* required in type 'FRImagingStudyDocumentIdentifierStudyInstanceUid'/,
  },
  {
    name: 'required element missing: in a slice behind another',
    type: 'Sections',
    value: `{ resourceType: 'Composition', status: 'final', type: {}, date: '2024', author: [{ reference: 'Patient/1' }], title: 't', section: [{ code: { coding: [{ ${LOINC}, code: '30954-2' }] } }] }`,
    message: /^section: [^]*Property 'entry' is missing in type .* required in type 'SectionsSectionResults'/,
  },
  {
    name: 'required element missing: complex extension',
    type: 'Details',
    value: `{ ${DETAILS}, extension: [{ url: 'amount' }, ${WHO}] }`,
    message:
      /^\{ url: 'amount' \}: [^]*Property 'valueQuantity' is missing in type .* required in type 'DetailsExtensionAmount'/,
  },
  {
    name: 'required element missing: complex extension, a part',
    type: 'FRActorExtension',
    value: `{ ${ACTOR}, extension: [{ url: 'type', valueCode: 'AUT' }] }`,
    message:
      /^extension: [^]*(?:HasSlice|SlicedArray|SlicedTuple)<"type" \| "actor"[^]*Source has 1 element\(s\) but target requires 2/,
  },
  {
    name: 'required element missing: profile of a datatype',
    type: 'ChoicesByType',
    value: `{ resourceType: 'Observation', status: 'final', code: {}, valueQuantity: ${MG} }`,
    message: /^valueQuantity: [^]*Property 'value' is missing in type .* required in type 'Mass'/,
  },
  {
    name: 'required element missing: profile of a datatype, human name',
    type: 'FRHumanNameDocument',
    value: "{ given: ['Ada'] }",
    message: /Property 'family' is missing in type .* required in type 'FRHumanNameDocument'/,
  },
  {
    name: 'required choice missing',
    type: 'FixedValues',
    value: "but<FixedValues, 'effectivePeriod' | 'effectiveDateTime'>('effectivePeriod')",
    message:
      /Property 'effectivePeriod' is missing in type .* required in type 'MustHaveOneOf<"effectiveDateTime" \| "effectivePeriod",/,
  },
  {
    name: 'too few items',
    type: 'FixedValues',
    value: "{ ...fixed, interpretation: [{ text: 'a' }] }",
    message: /^interpretation: [^]*Source has 1 element\(s\) but target requires 2/,
  },
  {
    name: 'array empty',
    type: 'FRImagingStudyDocument',
    value: '{ ...study, modality: [] }',
    message: /^modality: [^]*Source has 0 element\(s\) but target requires 1/,
  },
  {
    name: 'max 1',
    type: 'FRImagingStudyDocument',
    value: '{ ...study, series: [series, series] }',
    message: /^series: [^]*Source has 2 element\(s\) but target allows only 1/,
  },
  {
    name: 'max 2',
    type: 'FixedValues',
    value: "{ ...fixed, note: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] }",
    message: /^\{ text: 'c' \}: Type .* is not assignable to type 'undefined'/,
  },
  {
    name: 'prohibited',
    type: 'FixedValues',
    value: "{ ...fixed, device: { reference: 'Device/1' } }",
    message: /^device: Type .* is not assignable to type 'undefined'/,
  },
  {
    name: 'prohibited by the parent profile',
    type: 'DerivedValues',
    value:
      "{ ...fixed, note: [{ text: 'a' }], subject: { reference: 'Patient/1' }, device: { reference: 'Device/1' } }",
    message: /^device: Type .* is not assignable to type 'undefined'/,
  },
];

/** Mistakes that builders and `create` reject. */
export const CALLS: readonly Wrong[] = [
  {
    name: 'builder: element missing',
    value:
      "new FRImagingStudyDocumentBuilder().setStatus('available').setSubject(referenceTo(patient)).addStudyInstanceUid('1').setSeries(series).build()",
    message: /^build: This expression is not callable\.[^]*StillMissing<"modality">/,
  },
  {
    name: 'builder: slice missing',
    value: `new FRImagingStudyDocumentBuilder().setStatus('available').setSubject(referenceTo(patient)).addModality(${CT}).setSeries(series).build()`,
    message: /^build: This expression is not callable\.[^]*StillMissing<"identifier:studyInstanceUid">/,
  },
  {
    name: 'builder: element of a part missing',
    value: `new FRImagingStudyDocumentSeriesBuilder().setUid('1').setModality(${CT}).addInstance(series.instance[0]).build()`,
    message: /^build: This expression is not callable\.[^]*StillMissing<"laterality">/,
  },
  {
    name: 'builder: element of a part given as an object missing',
    value: `new FRImagingStudyDocumentBuilder().setSeries({ uid: '1', modality: ${CT}, instance: series.instance })`,
    message: /Property 'laterality' is missing in type .* required in type 'FRImagingStudyDocumentSeriesInput'/,
  },
  {
    name: 'builder: wrong code',
    value:
      "new FRImagingStudyDocumentSeriesBuilder().setModality({ system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'SCANNER' })",
    message: /^code: Type '"SCANNER"' is not assignable to type 'JdvModaliteAcquisitionCisisCode'/,
  },
  {
    name: 'builder: wrong target',
    value: "new FRImagingStudyDocumentBuilder().setSubject({ reference: 'Practitioner/1' })",
    message:
      /^reference: Type '"Practitioner\/1"' is not assignable to type 'ReferenceText<"Patient" \| "Device" \| "Group">/,
  },
  {
    name: 'builder: no such method',
    value: 'new FRImagingStudyDocumentBuilder().setSerie(series)',
    message: /^setSerie: Property 'setSerie' does not exist [^]*Did you mean 'setSeries'/,
  },
  {
    name: 'create: element missing',
    value: `createFRImagingStudyDocument({ identifier: { studyInstanceUid: '1' }, status: 'available', modality: [${CT}], subject: { reference: 'Patient/1' } })`,
    message: /Property 'series' is missing in type .* required in type 'FRImagingStudyDocumentInput'/,
  },
  {
    name: 'create: element of a part missing',
    value: `createFRImagingStudyDocument({ identifier: { studyInstanceUid: '1' }, status: 'available', modality: [${CT}], subject: { reference: 'Patient/1' }, series: [{ uid: '1', modality: ${CT}, instance: series.instance }] })`,
    message: /Property 'laterality' is missing in type .* required in type 'FRImagingStudyDocumentSeriesInput'/,
  },
  {
    name: 'create: slice missing',
    value: "createFRImagingStudyDocument({ ...study, identifier: { others: [{ value: 'EX-1' }] } })",
    message: /^identifier: [^]*Property 'studyInstanceUid' is missing in type '\{ others/,
  },
  {
    name: 'create: no such slice',
    value: `createFRImagingStudyDocument({ ...study, identifier: { studyInstanceUid: '1', studyUid: '1' } })`,
    message:
      /^studyUid: .*'studyUid' does not exist in type '\(?(?:HasSlice|SlicedArray|SlicedTuple)<"studyInstanceUid"/,
  },
  {
    name: 'create: element of a slice missing',
    value: `createFRImagingStudyDocument({ ...study, identifier: { studyInstanceUid: { system: 'urn:dicom:uid' } } })`,
    message:
      /^studyInstanceUid: Type .* is not assignable to type 'OneOrMore<string \| FRImagingStudyDocumentIdentifierStudyInstanceUidInput>'/,
  },
  {
    name: 'create: wrong code',
    value: `createFRImagingStudyDocument({ ...study, identifier: { studyInstanceUid: '1' }, status: 'done' })`,
    message: /^status: Type '"done"' is not assignable to type .*"available"/,
  },
];

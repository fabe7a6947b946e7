import type { Wrong } from './wrong.js';

const RED = "{ system: 'https://example.org/colours', code: 'red' } as const";
const MG = "{ system: 'http://unitsofmeasure.org', code: 'mg' } as const";
const LOINC = "system: 'http://loinc.org'";
const ACTOR = "url: 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-actor-extension'";
const FRAMES =
  "url: 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-number-of-frames-extension'";
const LABEL = "url: 'https://example.org/constructed/StructureDefinition/Label'";
const DETAILS = "url: 'https://example.org/constructed/StructureDefinition/Details'";
const AMOUNT = `{ url: 'amount', valueQuantity: { value: 1, ...(${MG}) } } as const`;
const WHO = "{ url: 'who', valueReference: { reference: 'Patient/1' } } as const";
const FIRST = `{ code: { coding: [{ ${LOINC}, code: '1-1' }] }, valueQuantity: ${MG} }`;
const OFFICIAL = "{ use: 'official', system: 'https://example.org/national', value: '1' }";

/** Extensions that a profile does not allow. */
export const EXTENSIONS: readonly Wrong[] = [
  {
    name: 'extension: wrong type of value',
    type: 'FRNumberOfFramesExtension',
    value: `{ ${FRAMES}, valueString: '3' }`,
    message: /^valueString: .*'valueString' does not exist in type 'FRNumberOfFramesExtension'/,
  },
  {
    name: 'extension: wrong type of value, in a slice',
    type: 'FRImagingStudyDocumentSeriesInstance',
    value: `{ uid: '1', sopClass: series.instance[0].sopClass, extension: [{ ${FRAMES}, valueInteger: '3' }] }`,
    message: /^valueInteger: Type 'string' is not assignable to type 'number'/,
  },
  {
    name: 'extension: unknown url where no other is allowed',
    type: 'Details',
    value: `{ ${DETAILS}, extension: [${AMOUNT}, ${WHO}, { url: 'colour', valueCode: 'red' }] }`,
    message: /^url: Type '"colour"' is not assignable to type '"amount" \| "who"'/,
  },
  {
    name: 'extension: required one missing',
    type: 'Extended',
    value:
      "{ resourceType: 'Patient', birthDate: '2024', multipleBirthInteger: 1, extension: [{ url: 'urn:x', valueCode: 'x' }] }",
    message:
      /^extension: .*(?:HasSlice|SlicedArray|SlicedTuple)<"details"[^]* position 0 [^]* required in type 'Details'/,
  },
  {
    name: 'extension: nested, wrong target',
    type: 'Details',
    value: `{ ${DETAILS}, extension: [${AMOUNT}, { url: 'who', valueReference: { reference: 'Group/1' } }] }`,
    message: /^reference: Type '"Group\/1"' is not assignable to type 'ReferenceText<"Patient" \| "Practitioner">/,
  },
  {
    name: 'extension: nested, wrong type of value',
    type: 'FRActorExtension',
    value: `{ ${ACTOR}, extension: [{ url: 'type', valueCode: 'AUT' }, { url: 'actor', valueString: 'x' }] }`,
    message:
      /^extension: [^]* position 1 [^]*'valueReference' is missing [^]* required in type 'FRActorExtensionExtensionActor'/,
  },
  {
    name: 'modifierExtension: required one missing',
    type: 'FixedDatatypes',
    value: "{ ...encounter, modifierExtension: [{ url: 'urn:x', valueCode: 'x' }] }",
    message: /^modifierExtension: .*(?:HasSlice|SlicedArray|SlicedTuple)<"label"[^]* position 0 [^]*'url'[^]*\/Label"'/,
  },
  {
    name: 'modifierExtension: wrong type of value',
    type: 'FixedDatatypes',
    value: `{ ...encounter, modifierExtension: [{ ${LABEL}, valueInteger: 1 }] }`,
    message:
      /^modifierExtension: .*(?:HasSlice|SlicedArray|SlicedTuple)<"label"[^]* position 0 [^]* is not assignable to type 'Label'/,
  },
];

/** Missing and invalid slices. */
export const SLICES: readonly Wrong[] = [
  {
    name: 'slice by value',
    type: 'FRImagingStudyDocument',
    value: "{ ...study, identifier: [{ system: 'https://hopital.example', value: 'EX-1' }] }",
    message:
      /^identifier: .*(?:HasSlice|SlicedArray|SlicedTuple)<"studyInstanceUid"[^]*'system'[^]* is not assignable to type '"urn:dicom:uid"'/,
  },
  {
    name: 'slice by pattern',
    type: 'Sections',
    value: `{ resourceType: 'Composition', status: 'final', type: {}, date: '2024', author: [{ reference: 'Patient/1' }], title: 't', section: [{ title: 'x' }] }`,
    message:
      /^section: .*(?:HasSlice|SlicedArray|SlicedTuple)<"results"[^]* position 0 [^]* from type 'SectionsSectionResults': code, entry/,
  },
  {
    name: 'slice by existence',
    type: "OrderedToTheEnd['telecom']",
    value: "[{ period: { start: '2024' }, value: '1' }]",
    message:
      /(?:HasSlice|SlicedArray|SlicedTuple)<"present"[^]*Property 'system' is missing in type .* required in type 'OrderedToTheEndTelecomPresent'/,
  },
  {
    name: 'slice by type',
    type: 'ResolvedTargets',
    value: `{ resourceType: 'Observation', status: 'final', code: {}, category: [{ coding: [${RED}] }], subject: { reference: 'Patient/1' }, valueString: '', performer: [{ reference: 'Organization/1' }] }`,
    message:
      /^performer: .*(?:HasSlice|SlicedArray|SlicedTuple)<"human"[^]*Property 'display' is missing in type .* required in type 'ResolvedTargetsPerformerHuman'/,
  },
  {
    name: 'slice by profile',
    type: 'EntriesByProfile',
    value: "{ resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Patient' } }] }",
    message: /^entry: .*(?:HasSlice|SlicedArray|SlicedTuple)<"encounter"[^]*'resource'[^]* from type 'FixedDatatypes'/,
  },
  {
    name: 'slice by a nested path',
    type: "ClosedComponents['component']",
    value: `[{ code: { coding: [{ ${LOINC}, code: '9-9' }] }, valueQuantity: ${MG} }]`,
    message:
      /^coding: .*(?:HasSlice|SlicedArray|SlicedTuple)<"http:\/\/loinc\.org\|1-1"[^]* 'code'[^]*Type '"9-9"' is not assignable to type/,
  },
  {
    name: 'slice by $this',
    type: "ResolvedTargets['category']",
    value: "[{ text: 'x' }]",
    message:
      /(?:HasSlice|SlicedArray|SlicedTuple)<"thing"[^]*Property 'coding' is missing in type .* required in type 'CodedConcept<ThingsCoding>'/,
  },
  {
    name: 'slice of a slice',
    type: "SlicedAgain['identifier']",
    value: "[{ use: 'official', system: 'https://example.org/other', value: '1' }]",
    message:
      /(?:HasSlice|SlicedArray|SlicedTuple)<"official" \| "national"[^]*'system'[^]* is not assignable to type '"https:\/\/example\.org\/national"'/,
  },
  {
    name: 'slice tightened by a derived profile',
    type: "DerivedSlices['name']",
    value: "[{ use: 'old', given: ['a', 'b'] }]",
    message:
      /(?:HasSlice|SlicedArray|SlicedTuple)<"usual"[^]*'use'[^]*Type '"old"' is not assignable to type '"usual"'/,
  },
  {
    name: 'required slice behind another',
    type: "OrderedToTheEnd['identifier']",
    value: "[{ system: 'https://example.org/one', value: '1' }, { system: 'https://example.org/two' }]",
    message:
      /(?:HasSlice|SlicedArray|SlicedTuple)<"one" \| "two"[^]* position 1 [^]*Property 'type' is missing in type .* required in type 'OrderedToTheEndIdentifierTwo'/,
  },
  {
    name: 'item of no slice where no other is allowed',
    type: "ClosedComponents['component']",
    value: `[${FIRST}, { code: { text: 'third' }, valueString: 'x' }]`,
    message: /^code: Property 'coding' is missing in type .* required in type 'ClosedComponentsComponentSecondCode'/,
  },
  {
    name: 'Bundle.entry',
    type: 'Entries',
    value: "{ resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Organization' } }] }",
    message: /^resourceType: Type '"Organization"' is not assignable to type '"Patient" \| "Observation"'/,
  },
  {
    name: 'Bundle.entry, an element of a resource within',
    type: "FRBundleDocument['entry']",
    value:
      "[{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Composition', status: 'fini', type: {}, date: '2024', author: [], title: '' } }]",
    message: /^status: Type '"fini"' is not assignable to type .*"preliminary"/,
  },
  {
    name: 'Bundle.entry, an element of a resource behind the required ones',
    type: "EntriesByProfile['entry']",
    value: "[{ resource: encounter }, { resource: { resourceType: 'Patient', gender: 'F' } }]",
    message: /^gender: Type '"F"' is not assignable to type .*"female"/,
  },
  {
    name: 'Composition.section: target of an entry',
    type: "Sections['section']",
    value: `[{ code: { coding: [{ ${LOINC}, code: '30954-2' }] }, entry: [{ reference: 'Patient/1' }] }]`,
    message:
      /(?:HasSlice|SlicedArray|SlicedTuple)<"results"[^]*'entry\.reference'[^]*Type '"Patient\/1"' is not assignable to type 'ReferenceText<"Observation">/,
  },
  {
    name: 'Composition.section: prohibited section within',
    type: 'SectionsSectionResults',
    value: `{ code: { coding: [{ ${LOINC}, code: '30954-2' }] }, entry: [{ reference: 'Observation/1' }], section: [{}] }`,
    message: /^section: Type '\{\}\[\]' is not assignable to type 'undefined'/,
  },
  {
    name: 'slice of a slice: a member',
    type: "SlicedAgain['identifier']",
    value: `[${OFFICIAL}, { use: 'oficial' }]`,
    message: /^use: Type '"oficial"' is not assignable to type [^]*Did you mean '"official"'/,
  },
];

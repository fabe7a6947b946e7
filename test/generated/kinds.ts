/** A kind of mistake, and the first or last line of the compiler's message. */
export interface Kind {
  /** The mistake and its place. */
  readonly name: string;
  /** TypeScript on one line. */
  readonly code: string;
  /** What editors underline. */
  readonly at: string;
  /** The line that names the fault: the first or the last one. */
  readonly message: RegExp;
  /** The reason why the message has more than three lines or 400 characters. */
  readonly long?: Reason;
}

/** Limits of TypeScript, as the README describes ("Messages"). */
export type Reason = 'canonicals' | 'any order' | 'rest' | 'quotes';

const DCM = "system: 'http://dicom.nema.org/resources/ontology/DCM'";
const CT = `{ ${DCM}, code: 'CT' }`;
const WRONG_SYSTEM = "{ system: 'urn:wrong', value: '1' }";
const ENTRY = "{ fullUrl: 'urn:uuid:1', resource: composition }";
const BUNDLE = "identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:1' }, timestamp: '2026-01-01T00:00:00Z'";
const BUILDER = 'new FRImagingStudyDocumentBuilder()';
const SERIES = 'new FRImagingStudyDocumentSeriesBuilder()';

/** A literal, `create` with it, and the method of a builder if there is one. */
export const KINDS: readonly Kind[] = [
  {
    name: 'wrong profile in a reference',
    code: 'literal({ ...study, procedureReference: referenceTo(procedure) });',
    at: 'procedureReference',
    message:
      /^Type 'LiteralReferenceTo<FRProcedureActDocument>' is not assignable to type 'FRProcedureImagingDocumentReference'\.$/,
    long: 'canonicals',
  },
  {
    name: 'wrong profile in a reference, create',
    code: 'createFRImagingStudyDocument({ ...study, procedureReference: referenceTo(procedure) });',
    at: 'procedureReference',
    message:
      /^Type 'LiteralReferenceTo<FRProcedureActDocument>' is not assignable to type 'FRProcedureImagingDocumentReference'\.$/,
    long: 'canonicals',
  },
  {
    name: 'wrong profile in a reference, builder',
    code: `${BUILDER}.setProcedureReference(referenceTo(procedure));`,
    at: 'referenceTo(procedure)',
    message:
      /'LiteralReferenceTo<FRProcedureActDocument>' is not assignable to .* 'FRProcedureImagingDocumentReference'\.$/,
    long: 'canonicals',
  },
  {
    name: 'wrong type in a reference',
    code: "literal({ ...study, subject: { reference: 'Practitioner/1' } });",
    at: 'reference',
    message: /^Type '"Practitioner\/1"' is not assignable to type 'ReferenceText<"Patient"/,
  },
  {
    name: 'wrong type in a reference to a resource',
    code: 'literal({ ...study, procedureReference: referenceTo(organization) });',
    at: 'procedureReference',
    message: /^ *Type '"Organization"' is not assignable to type '"Procedure"'\.$/,
    long: 'rest',
  },
  {
    name: 'identifier with a wrong system',
    code: `literal({ ...study, identifier: [${WRONG_SYSTEM}] });`,
    at: 'identifier',
    message: /^ *Type 'string' is not assignable to type '"urn:dicom:uid"'\.$/,
    long: 'any order',
  },
  {
    name: 'identifier with a wrong system, create',
    code: `createFRImagingStudyDocument({ ...study, identifier: [${WRONG_SYSTEM}] });`,
    at: 'system',
    message: /^Type 'string' is not assignable to type '"urn:dicom:uid"'\.$/,
  },
  {
    name: 'identifier with a wrong system, slice by name',
    code: `createFRImagingStudyDocument({ ...study, identifier: { studyInstanceUid: ${WRONG_SYSTEM} } });`,
    at: 'studyInstanceUid',
    message: /^ *Type '"urn:wrong"' is not assignable to type '"urn:dicom:uid"'\.$/,
  },
  {
    name: 'identifier with a wrong system, builder',
    code: `${BUILDER}.addStudyInstanceUid(${WRONG_SYSTEM});`,
    at: 'system',
    message: /^Type '"urn:wrong"' is not assignable to type '"urn:dicom:uid"'\.$/,
  },
  {
    name: 'empty code',
    code: `literal({ ...study, modality: [{ ${DCM}, code: '' }] });`,
    at: 'code',
    message: /^Type '""' is not assignable to type 'JdvModaliteAcquisitionCisisCode'\.$/,
  },
  {
    name: 'wrong code, builder',
    code: `${BUILDER}.addModality({ ${DCM}, code: 'XX' });`,
    at: 'code',
    message: /^Type '"XX"' is not assignable to type 'JdvModaliteAcquisitionCisisCode'\.$/,
  },
  {
    name: 'wrong code of a code',
    code: "literal({ ...study, status: 'done' });",
    at: 'status',
    message: /^Type '"done"' is not assignable to type .*"available"/,
  },
  {
    name: 'a text in place of a Coding',
    code: `${BUILDER}.addModality('CT');`,
    at: "'CT'",
    message: /^Argument of type 'string' .* 'JdvModaliteAcquisitionCisisCoding'\.$/,
  },
  {
    name: 'wrong code of a CodeableConcept',
    code: "literal({ ...study, reasonCode: [{ coding: [{ system: 'urn:x', code: 'x' }] }] });",
    at: 'coding',
    message: /^ *Type '"x"' is not assignable to type 'JdvImagerieObjectifReferenceCisisCode'\.$/,
    long: 'any order',
  },
  {
    name: 'a missing choice',
    code: 'createFRServiceRequestDocument(request);',
    at: 'request',
    message:
      /'occurrenceTiming' is missing .* 'MustHaveOneOf<"occurrenceDateTime" \| "occurrencePeriod" \| "occurrenceTiming",/,
    long: 'quotes',
  },
  {
    name: 'a missing choice, builder',
    code: "dated.setOccurrenceDateTime('2026').build(), dated.build();",
    at: 'build',
    message: /^ *Type 'StillMissing<"occurrence\[x\]">' has no call signatures\.$/,
  },
  {
    name: 'two of a choice',
    code: "createFRServiceRequestDocument({ ...request, occurrenceDateTime: '2026', occurrencePeriod: { start: '2026' } });",
    at: "{ ...request, occurrenceDateTime: '2026', occurrencePeriod: { start: '2026' } }",
    message: /^ *Type '\{ start: string; \}' is not assignable to type 'undefined'\.$/,
    long: 'quotes',
  },
  {
    name: 'a single value where an array is wanted',
    code: `literal({ ...study, modality: ${CT} });`,
    at: 'system',
    message: /'system' does not exist in type '\[JdvModaliteAcquisitionCisisCoding, \.\.\./,
  },
  {
    name: 'a single value where an array is wanted, create',
    code: 'createFRImagingStudyDocument({ ...study, series });',
    at: 'series',
    message:
      /^Type 'FRImagingStudyDocumentSeries' is not assignable to type '\[FRImagingStudyDocumentSeriesInput\]'\.$/,
  },
  {
    name: 'an array where a single value is wanted',
    code: `${BUILDER}.setSeries([series]);`,
    at: '[series]',
    message: /^ *Type 'FRImagingStudyDocumentSeries\[\]' is missing .* from type 'FRImagingStudyDocumentSeriesInput'/,
  },
  {
    name: 'a Bundle with one entry',
    code: `createFRBundleDocument({ ${BUNDLE}, entry: [${ENTRY}] });`,
    at: 'entry',
    message: /^ *Source has 1 element\(s\) but target requires 7\.$/,
    long: 'any order',
  },
  {
    name: 'a Bundle with one entry, slices by name',
    code: `createFRBundleDocument({ ${BUNDLE}, entry: { composition: ${ENTRY} } });`,
    at: 'entry',
    message: /is missing .*: patient, practitionerRole, practitioner, organization, and 2 more\.$/,
    long: 'any order',
  },
  {
    name: 'a Bundle with one entry, builder',
    code: `new FRBundleDocumentBuilder().addComposition(${ENTRY}).build();`,
    at: 'build',
    message: /^ *Type 'StillMissing<"identifier">' has no call signatures\.$/,
  },
  {
    name: 'a misspelt member',
    code: 'literal({ ...study, seris: [series] });',
    at: 'seris',
    message: /'seris' does not exist in type 'FRImagingStudyDocument'\. Did you mean to write 'series'\?$/,
  },
  {
    name: 'a misspelt slice',
    code: "createFRImagingStudyDocument({ ...study, identifier: { studyInstanceUID: '1' } });",
    at: 'studyInstanceUID',
    message: /'studyInstanceUID' does not exist in type '\{ studyInstanceUid: /,
  },
  {
    name: 'a misspelt method',
    code: `${BUILDER}.setSeris(series);`,
    at: 'setSeris',
    message: /Did you mean 'setSeries'\?$/,
  },
  {
    name: 'a wrong value of an extension',
    code: 'const frames: FRNumberOfFramesExtension = { url: FRAMES, valueString: "3" }; void frames;',
    at: 'valueString',
    message: /'valueString' does not exist in type 'FRNumberOfFramesExtension'\.$/,
  },
  {
    name: 'a wrong value of an extension, slice by name',
    code: 'part({ ...instance, extension: { numberOfFrames: "3" } });',
    at: 'extension',
    message: /^ *Type 'string' is not assignable to type 'number \| FRNumberOfFramesExtensionInput \| undefined'\.$/,
  },
  {
    name: 'a wrong value of an extension, builder',
    code: 'new FRImagingStudyDocumentSeriesInstanceBuilder().addNumberOfFrames({ valueString: "3" });',
    at: 'valueString',
    message: /'valueString' does not exist in type 'FRNumberOfFramesExtensionInput'\.$/,
  },
  {
    name: 'a fault in the second item of an array',
    code: "literal({ ...study, note: [{ text: 'x' }, { text: 2 }] });",
    at: 'text',
    message: /^Type 'number' is not assignable to type 'string'\.$/,
  },
  {
    name: 'a fault in the second item of a sliced array',
    code: "literal({ ...study, identifier: [{ system: 'urn:dicom:uid', value: '1' }, { value: 2 }] });",
    at: 'value',
    message: /^Type 'number' is not assignable to type 'string'\.$/,
  },
  {
    name: 'a fault in the second item of a slice',
    code: "createFRImagingStudyDocument({ ...study, identifier: { studyInstanceUid: ['1', { system: 'x', value: '1' }] } });",
    at: 'system',
    message: /^Type '"x"' is not assignable to type '"urn:dicom:uid"'\.$/,
  },
  {
    name: 'a fault in the second item of an array that needs one',
    code: `literal({ ...study, modality: [${CT}, { ${DCM}, code: 'XX' }] });`,
    at: 'modality',
    message: /^ *Type '"XX"' is not assignable to type 'JdvModaliteAcquisitionCisisCode'\.$/,
    long: 'rest',
  },
  {
    name: 'a fault in the second item of an array that needs one, builder',
    code: `${BUILDER}.addModality(${CT}, { ${DCM}, code: 'XX' });`,
    at: 'code',
    message: /^Type '"XX"' is not assignable to type 'JdvModaliteAcquisitionCisisCode'\.$/,
  },
  {
    name: 'a fault in the second item that a builder adds',
    code: `${BUILDER}.addNote([{ text: 'x' }, { text: 2 }]);`,
    at: 'text',
    message: /^Type 'number' is not assignable to type 'string'\.$/,
  },
  {
    name: 'a fault in the second part that a builder adds',
    code: `${SERIES}.addInstance(instance, { ...instance, uid: 3 });`,
    at: 'uid',
    message: /^Type 'number' is not assignable to type 'string'\.$/,
  },
];

/** The preceding lines: valid values. */
export const KINDS_PRELUDE = `import {
  createFRBundleDocument, createFRImagingStudyDocument, createFRServiceRequestDocument, FRBundleDocumentBuilder,
  type FRCompositionDocument, type FRImagingStudyDocument, FRImagingStudyDocumentBuilder,
  type FRImagingStudyDocumentSeries, FRImagingStudyDocumentSeriesBuilder, type FRImagingStudyDocumentSeriesInstance,
  FRImagingStudyDocumentSeriesInstanceBuilder, type FRImagingStudyDocumentSeriesInstanceInput,
  type FRNumberOfFramesExtension, type FROrganizationDocument, type FRProcedureActDocument,
  FRServiceRequestDocumentBuilder, type FRServiceRequestDocumentInput, ref, referenceTo,
} from 'ans-document-fr-core';
declare const study: FRImagingStudyDocument;
declare const series: FRImagingStudyDocumentSeries;
declare const instance: FRImagingStudyDocumentSeriesInstance;
declare const procedure: FRProcedureActDocument;
declare const organization: FROrganizationDocument;
declare const composition: FRCompositionDocument;
type Members = 'status' | 'intent' | 'category' | 'code' | 'subject' | 'note';
interface Undated extends Pick<FRServiceRequestDocumentInput, Members> {}
declare const request: Undated;
declare function literal(value: FRImagingStudyDocument): void;
declare function part(value: FRImagingStudyDocumentSeriesInstanceInput): void;
const FRAMES = 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-number-of-frames-extension';
const dated = new FRServiceRequestDocumentBuilder().setStatus('active').setIntent('order').addCategory({ text: 'x' })
  .setCode({ text: 'x' }).setSubject(ref('Patient', '1')).addFinaliteExamen('x').addJustificationDemande('x');`;

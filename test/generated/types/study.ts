/** Compiled with every compiler and never run: correct and wrong code of users. */
import type { Bundle, ImagingStudy, Patient, Reference as FhirReference } from 'fhir/r4.js';
import { expectTypeOf } from 'vitest';
import {
  createFRImagingStudyDocument,
  createFRComparisonStudiesExtension,
  type FRComparisonStudiesExtension,
  type FRDiagnosticReportImagingDocument,
  FRImagingStudyDocumentBuilder,
  type FRImagingStudyDocument,
  FRImagingStudyDocumentSeriesBuilder,
  type FRImagingStudyDocumentSeriesInstance,
  type FRObservationRadiationExposureDocument,
  type FRPatientINSDocument,
  type FRProcedureImagingDocument,
  type FRServiceRequestDocument,
  isFRImagingStudyDocument,
  JdvModaliteAcquisitionCisis as Modalite,
  type JdvModaliteAcquisitionCisisCode,
  JdvModificateurTopographiqueCisis as Lateralite,
  JdvSopClassCisis as SopClass,
  ref,
  referenceTo,
} from 'ans-document-fr-core';
import {
  numberOfFramesOf,
  studyInstanceUidOf,
} from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';

declare const study: FRImagingStudyDocument;
declare const received: unknown;
declare const serviceRequest: FRServiceRequestDocument;
declare const procedure: FRProcedureImagingDocument;
declare const patient: FRPatientINSDocument;

// What the guard and the types guarantee.
if (isFRImagingStudyDocument(received)) {
  expectTypeOf(received).toEqualTypeOf<FRImagingStudyDocument>();
  expectTypeOf(received.series[0].modality.code).toEqualTypeOf<JdvModaliteAcquisitionCisisCode>();
  expectTypeOf(studyInstanceUidOf(received)[0].value).toEqualTypeOf<string>();
}
expectTypeOf(study.series.length).toEqualTypeOf<1>();
expectTypeOf(numberOfFramesOf(study.series[0].instance[0])?.valueInteger).toEqualTypeOf<number | undefined>();
expectTypeOf(study.identifier[0].system).toEqualTypeOf<string | undefined>();
for (const identifier of study.identifier) expectTypeOf(identifier.value).toEqualTypeOf<string | undefined>();
expectTypeOf(study.identifier.map((one) => one.value)).toEqualTypeOf<(string | undefined)[]>();

// A profile is a resource of FHIR.
export const plain: ImagingStudy = study;
export const bundle: Bundle = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [{ resource: study }, { resource: patient }],
};
export const fhirPatient: Patient = patient;
export const copy: FRImagingStudyDocument = { ...study, description: 'copie' };
export const plainReference: FhirReference = referenceTo(study);

// References: by type in literals, by profile through `referenceTo`.
export const based: FRImagingStudyDocument = {
  ...study,
  basedOn: [
    { reference: 'ServiceRequest/1' },
    { reference: 'urn:uuid:5' },
    ref('Task', '1'),
    referenceTo(serviceRequest),
  ],
  procedureReference: referenceTo(procedure),
};
// @ts-expect-error a study is no procedure
export const wrongType: FRImagingStudyDocument = { ...study, procedureReference: referenceTo(study) };
// @ts-expect-error an arbitrary string has no known type
export const anyText: FRImagingStudyDocument = { ...study, procedureReference: { reference: String(1) } };
// @ts-expect-error Practitioner is no target
export const wrongLiteral: FRImagingStudyDocument = { ...study, procedureReference: { reference: 'Practitioner/1' } };

// The three that refer to a study.
export const comparison: FRComparisonStudiesExtension = createFRComparisonStudiesExtension({
  valueReference: referenceTo(study),
});
export const comparisons: FRDiagnosticReportImagingDocument['imagingStudy'] = [referenceTo(study)];
export const exposure: FRObservationRadiationExposureDocument['partOf'] = [referenceTo(study)];
// @ts-expect-error the required slice refers to a study
export const noExposure: FRObservationRadiationExposureDocument['partOf'] = [{ reference: 'Procedure/1' }];

// Extensions: by their slice, with their type of value.
export const instance: FRImagingStudyDocumentSeriesInstance = {
  uid: '1.2',
  sopClass: SopClass.CTImageStorage,
  extension: [
    {
      url: 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-number-of-frames-extension',
      valueInteger: 3,
    },
  ],
};

// `create` takes slices by name.
const series = {
  uid: '1.2',
  modality: Modalite.Tomodensitometrie,
  laterality: Lateralite.CoteDroit,
  instance: [{ uid: '1.2', sopClass: SopClass.CTImageStorage, extension: { numberOfFrames: 3 } }] as [
    { uid: string; sopClass: typeof SopClass.CTImageStorage; extension: { numberOfFrames: number } },
  ],
};
const head = {
  status: 'available',
  modality: [Modalite.Tomodensitometrie],
  subject: { reference: 'Patient/1' },
} as const;
export const created = createFRImagingStudyDocument({
  ...head,
  modality: [Modalite.Tomodensitometrie],
  identifier: { studyInstanceUid: ['urn:oid:1.2', { value: 'urn:oid:1.3' }], others: [{ value: 'EX-1' }] },
  series: [series],
});
createFRImagingStudyDocument({
  ...head,
  modality: [Modalite.Tomodensitometrie],
  // @ts-expect-error the slice is required
  identifier: { others: [{ value: 'EX-1' }] },
  series: [series],
});
createFRImagingStudyDocument({
  ...head,
  modality: [Modalite.Tomodensitometrie],
  // @ts-expect-error there is no such slice
  identifier: { studyInstanceUid: 'urn:oid:1.2', studyUid: 'urn:oid:1.2' },
  series: [series],
});

// The builder tracks missing parts through loops and conditions.
let builder: FRImagingStudyDocumentBuilder<'series'> = new FRImagingStudyDocumentBuilder()
  .setStatus('available')
  .addModality(Modalite.Tomodensitometrie)
  .setSubject(referenceTo(patient))
  .addStudyInstanceUid('urn:oid:1.2');
for (const value of ['EX-1', 'EX-2']) builder = builder.addIdentifier({ value });
if (Math.random() > 2) builder = builder.setDescription('au hasard');
// @ts-expect-error required element 'series' has not been set
builder.build();
export const built: FRImagingStudyDocument = builder.setSeries(series).build();
// @ts-expect-error a part has its own required elements
new FRImagingStudyDocumentSeriesBuilder().setUid('1').build();
// @ts-expect-error not a code of the value set
new FRImagingStudyDocumentBuilder().addModality({ system: Modalite.Tomodensitometrie.system, code: 'XX' });

// A prohibited or absent member may be spread as `undefined`.
export const spread: FRImagingStudyDocument = { ...study, description: undefined };
export const checked = { ...study, status: 'cancelled' } satisfies FRImagingStudyDocument;

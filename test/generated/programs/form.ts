import {
  FRImagingStudyDocumentBuilder,
  type FRImagingStudyDocument,
  type FRImagingStudyDocumentSeries,
  JdvModaliteAcquisitionCisis as Modalite,
  JdvModificateurTopographiqueCisis as Lateralite,
  JdvSopClassCisis as SopClass,
  oneOrMore,
  type Parsed,
  ref,
} from 'ans-document-fr-core';

/**
 * The values that a form edits. Form libraries list the paths into it, which are infinite for a FHIR type: Reference
 * leads to Identifier and back.
 */
export interface StudyForm {
  uid: string;
  status: FRImagingStudyDocument['status'];
  description?: string | undefined;
  series: { uid: string; laterality: FRImagingStudyDocumentSeries['laterality']['code'] };
  instances: { uid: string }[];
}

/** The initial values of the form. */
export const EMPTY: StudyForm = {
  uid: '',
  status: 'available',
  series: { uid: '', laterality: Lateralite.CoteDroit.code },
  instances: [{ uid: '' }],
};

/** Creates a study from the values, or returns the issues. */
export function studyOf({ uid, status, description, series, instances }: StudyForm): Parsed<FRImagingStudyDocument> {
  return new FRImagingStudyDocumentBuilder()
    .addStudyInstanceUid(uid)
    .setStatus(status)
    .setDescription(description)
    .addModality(Modalite.Tomodensitometrie)
    .setSubject(ref('Patient', '1'))
    .setSeries({
      uid: series.uid,
      modality: Modalite.Tomodensitometrie,
      laterality: Lateralite.fromCode(series.laterality),
      instance: oneOrMore(instances.map((each) => ({ uid: each.uid, sopClass: SopClass.CTImageStorage }))),
    })
    .buildChecked();
}

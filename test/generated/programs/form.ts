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
 * What a form edits, and nothing else. Libraries of forms list the paths into it; a type of FHIR leads from Reference to
 * Identifier and back without end.
 */
export interface StudyForm {
  uid: string;
  status: FRImagingStudyDocument['status'];
  description?: string | undefined;
  series: { uid: string; laterality: FRImagingStudyDocumentSeries['laterality']['code'] };
  instances: { uid: string }[];
}

/** What the form shows first. */
export const EMPTY: StudyForm = {
  uid: '',
  status: 'available',
  series: { uid: '', laterality: Lateralite.CoteDroit.code },
  instances: [{ uid: '' }],
};

/** Makes a study of what was entered, or says what is wrong. */
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

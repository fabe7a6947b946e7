import {
  type FRImagingStudyDocument,
  FRImagingStudyDocumentBuilder,
  FRImagingStudyDocumentSeriesBuilder,
  FRImagingStudyDocumentSeriesInstanceBuilder,
  JdvModaliteAcquisitionCisis as Modalite,
  JdvModificateurTopographiqueCisis as Lateralite,
  JdvSopClassCisis as SopClass,
  ref,
} from 'ans-document-fr-core';

/** Modalities that a user can choose, with the kind of their images. */
export const MODALITIES = {
  'Computed tomography': { modality: Modalite.Tomodensitometrie, sopClass: SopClass.CTImageStorage },
  'Magnetic resonance': { modality: Modalite.ResonanceMagnetique, sopClass: SopClass.MRImageStorage },
} as const;

/** Sides of the body, by their label. */
export const LATERALITIES = {
  left: Lateralite.CoteGauche,
  right: Lateralite.CoteDroit,
} as const;

/** The fields of the form. */
export interface Choice {
  /** Study Instance UID, as DICOM writes it. */
  readonly uid: string;
  readonly modality: keyof typeof MODALITIES;
  readonly laterality: keyof typeof LATERALITIES;
}

/**
 * A study with one series of one instance.
 *
 * @param choice see {@link Choice}
 */
export function studyOf({ uid, laterality, ...choice }: Choice): FRImagingStudyDocument {
  const { modality, sopClass } = MODALITIES[choice.modality];
  const instance = new FRImagingStudyDocumentSeriesInstanceBuilder()
    .setUid(`${uid}.1.1`)
    .setSopClass(sopClass)
    .addNumberOfFrames(1)
    .build();
  const series = new FRImagingStudyDocumentSeriesBuilder()
    .setUid(`${uid}.1`)
    .setModality(modality)
    .setLaterality(LATERALITIES[laterality])
    .addInstance(instance)
    .build();
  return new FRImagingStudyDocumentBuilder()
    .addStudyInstanceUid(`urn:oid:${uid}`)
    .setStatus('available')
    .addModality(modality)
    .setSubject(ref('Patient', 'patient-ins'))
    .setSeries(series)
    .build();
}

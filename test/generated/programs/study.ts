import {
  createFRImagingStudyDocument,
  JdvModaliteAcquisitionCisis as Modalite,
  JdvModificateurTopographiqueCisis as Lateralite,
  JdvSopClassCisis as SopClass,
  ref,
} from 'ans-document-fr-core';

/** The study that the programs send, store and edit. */
export const study = createFRImagingStudyDocument({
  identifier: { studyInstanceUid: 'urn:oid:1.2.250.1.59' },
  status: 'available',
  modality: [Modalite.Tomodensitometrie],
  subject: ref('Patient', '1'),
  series: [
    {
      uid: '1.2.250.1.59.1',
      modality: Modalite.Tomodensitometrie,
      laterality: Lateralite.CoteDroit,
      instance: [{ uid: '1.2.250.1.59.1.1', sopClass: SopClass.CTImageStorage, extension: { numberOfFrames: 1 } }],
    },
  ],
});

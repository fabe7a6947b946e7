/**
 * Creates an imaging study from one literal: FHIR JSON, in which sliced arrays are keyed by slice name and fixed values
 * need not be written. Prints it as JSON.
 */
import {
  createFRImagingStudyDocument,
  JdvModaliteAcquisitionCisis as Modalite,
  JdvModificateurTopographiqueCisis as Lateralite,
  JdvSopClassCisis as SopClass,
} from 'ans-document-fr-core';

const study = createFRImagingStudyDocument({
  id: 'radio-du-poignet',
  identifier: {
    studyInstanceUid: 'urn:oid:1.2.250.1.59.40211.87654321',
    others: [{ system: 'https://hopital.example/examens', value: 'EX-2026-0043' }],
  },
  status: 'available',
  modality: [Modalite.RadiographieNumerique],
  subject: { reference: 'Patient/patient-ins' },
  started: '2026-01-19T10:15:00+01:00',
  series: [
    {
      uid: '1.2.250.1.59.40211.87654321.1',
      modality: Modalite.RadiographieNumerique,
      laterality: Lateralite.CoteGauche,
      instance: [
        {
          uid: '1.2.250.1.59.40211.87654321.1.1',
          sopClass: SopClass.DigitalXRayImageStorageForPresentation,
          extension: { numberOfFrames: 1 },
        },
      ],
    },
  ],
});

console.log(JSON.stringify(study, null, 2));

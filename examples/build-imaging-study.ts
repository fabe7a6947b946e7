/**
 * Builds an imaging study step by step and prints it as JSON.
 *
 * Leave out a required step, mistype a code or add a second series: this file no longer compiles.
 */
import {
  FRImagingStudyDocumentBuilder,
  FRImagingStudyDocumentSeriesBuilder,
  FRImagingStudyDocumentSeriesInstanceBuilder,
  JdvModaliteAcquisitionCisis as Modalite,
  JdvModificateurTopographiqueCisis as Lateralite,
  JdvSopClassCisis as SopClass,
  ref,
} from 'ans-document-fr-core';

const instances = ['1.2.250.1.59.40211.12345678.1.1', '1.2.250.1.59.40211.12345678.1.2'].map((uid) =>
  new FRImagingStudyDocumentSeriesInstanceBuilder()
    .setUid(uid)
    .setSopClass(SopClass.CTImageStorage)
    .addNumberOfFrames(1)
    .build(),
);
const [first, ...others] = instances;
if (first === undefined) throw new Error('a series has at least one instance');

const series = new FRImagingStudyDocumentSeriesBuilder()
  .setUid('1.2.250.1.59.40211.12345678.1')
  .setModality(Modalite.Tomodensitometrie)
  .setLaterality(Lateralite.CoteDroit)
  .addInstance(first, ...others)
  .build();

const study = new FRImagingStudyDocumentBuilder()
  .setId('scanner-du-genou')
  .addStudyInstanceUid('urn:oid:1.2.250.1.59.40211.12345678')
  .addIdentifier({ system: 'https://hopital.example/examens', value: 'EX-2026-0042' })
  .setStatus('available')
  .addModality(Modalite.Tomodensitometrie)
  .setSubject(ref('Patient', 'patient-ins'))
  .setStarted('2026-01-19T09:30:00+01:00')
  .addServiceRequestAccessionNumber(ref('ServiceRequest', 'demande-42'))
  .setSeries(series)
  .build();

console.log(JSON.stringify(study, null, 2));

import type { Json } from '../../generator/fhir/json.js';

/** JSON that a test changes. */
export type Changeable = { [member: string]: Changeable } & Changeable[] & Json;

const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
const SOP_CLASS = 'https://dicom.nema.org/medical/dicom/current/output/chtml/part06/chapter_a.html';

const STUDY = {
  resourceType: 'ImagingStudy',
  identifier: [{ system: 'urn:dicom:uid', value: 'urn:oid:1.2.250.1.59' }],
  status: 'available',
  modality: [{ system: DICOM, code: 'CT' }],
  subject: { reference: 'Patient/1' },
  series: [
    {
      uid: '1.2.250.1.59.1',
      modality: { system: DICOM, code: 'CT' },
      laterality: { system: 'http://snomed.info/sct', code: '24028007' },
      instance: [{ uid: '1.2.250.1.59.1.1', sopClass: { system: SOP_CLASS, code: '1.2.840.10008.5.1.4.1.1.2' } }],
    },
  ],
};

/** A minimal valid study as a user would write it; a new one for each call. */
export function validStudy(): Changeable {
  return changeable(STUDY);
}

/** A copy of a literal that a test may change. */
export function changeable(value: unknown): Changeable {
  return JSON.parse(JSON.stringify(value)) as Changeable;
}

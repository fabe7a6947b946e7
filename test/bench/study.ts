import { type Changeable, changeable, validStudy } from '../generated/study.js';

const NUMBER_OF_FRAMES =
  'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-number-of-frames-extension';
const STUDY_BYTES = 4000;

/**
 * A valid study of realistic size: {@link validStudy} with the elements that a department fills in, and enough
 * instances for about 4 KB of JSON.
 */
export function largeStudy(): Changeable {
  const study = validStudy();
  const [series] = study['series'] as Changeable;
  if (series === undefined) throw new Error('the study has no series');
  Object.assign(study, DETAILS);
  Object.assign(series, SERIES_DETAILS);
  series['instance'] = changeable([instance(series, 1)]);
  for (let number = 2; JSON.stringify(study).length < STUDY_BYTES; number++) {
    series['instance'].push(instance(series, number));
  }
  return changeable(study);
}

/** The same with three mistakes: one against the FHIR type and two against the profile, the last of them at the end. */
export function brokenStudy(): Changeable {
  const study = largeStudy();
  const [series] = study['series'] as Changeable;
  const last = series?.['instance']?.at(-1);
  if (series === undefined || last?.['sopClass'] === undefined) throw new Error('the study has no instance');
  Object.assign(study, { status: 'done' });
  delete series['laterality'];
  Object.assign(last['sopClass'], { code: '1.2.3' });
  return study;
}

function instance(series: Changeable, number: number): Changeable {
  const uid = `1.2.250.1.59.1.${number}`;
  const first: object = series['instance']?.[0] ?? {};
  const extension = [{ url: NUMBER_OF_FRAMES, valueInteger: number }];
  return changeable({ ...first, extension, uid, number, title: `Image ${number}` });
}

const DETAILS = {
  id: 'study-1',
  meta: { versionId: '2', lastUpdated: '2024-05-17T09:30:00.000+02:00' },
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Scanner thoracique</p></div>' },
  identifier: [
    { use: 'official', system: 'urn:dicom:uid', value: 'urn:oid:1.2.250.1.59' },
    {
      use: 'usual',
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'ACSN' }] },
      system: 'https://hopital.example/accession',
      value: 'A-2024-0517',
      assigner: { reference: 'Organization/1', display: 'Hôpital' },
    },
  ],
  encounter: { reference: 'Encounter/1' },
  started: '2024-05-17T08:55:00+02:00',
  referrer: { reference: 'Practitioner/2', display: 'Dr Martin' },
  interpreter: [{ reference: 'PractitionerRole/3' }],
  endpoint: [{ reference: 'Endpoint/4' }],
  numberOfSeries: 1,
  procedureCode: [{ coding: [{ system: 'http://www.ccam.example', code: 'ZBQK002' }], text: 'Radiographie du thorax' }],
  location: { reference: 'Location/5' },
  reasonReference: [{ reference: 'Condition/6' }],
  note: [
    { authorReference: { reference: 'Practitioner/2' }, time: '2024-05-17T09:00:00+02:00', text: 'Sans injection' },
  ],
  description: 'Scanner thoracique sans injection de produit de contraste',
};

const SERIES_DETAILS = {
  number: 1,
  description: 'Thorax, coupes axiales',
  endpoint: [{ reference: 'Endpoint/7' }],
  bodySite: { system: 'http://snomed.info/sct', code: '51185008', display: 'Thorax' },
  started: '2024-05-17T08:56:00+02:00',
  performer: [
    {
      function: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'PRF' }] },
      actor: { reference: 'Practitioner/8' },
    },
  ],
};

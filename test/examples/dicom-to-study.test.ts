import {
  isFREndpointWadoDocument,
  isFRImagingStudyDocument,
  isFRServiceRequestDocument,
  JdvModificateurTopographiqueCisis as Lateralite,
} from 'ans-document-fr-core';
import { describe, expect, it } from 'vitest';
import { instancesIn } from '../../examples/dicom-to-study/dicom.js';
import { Rejection } from '../../examples/dicom-to-study/rejection.js';
import { fileOf, keyObjects, type Sample, sample, SOP } from '../../examples/dicom-to-study/samples.js';
import { type Answers, documentsOf, type StudyDocument } from '../../examples/dicom-to-study/study.js';

const ANSWERS: Answers = {
  patient: 'patient-ins',
  laterality: Lateralite.CoteDroit,
  viewer: 'https://hopital.example/iid',
  request: { category: { text: 'Imagerie' }, finalite: 'Bilan', justification: 'Douleur' },
};

/** Writes the objects as DICOM files, reads these and maps them. */
function mapped(objects: readonly Sample[], answers: Partial<Answers> = {}): readonly StudyDocument[] {
  const instances = objects.flatMap((object, index) => instancesIn(fileOf(object), `file ${index + 1}`));
  return documentsOf(instances, { ...ANSWERS, ...answers });
}

/** A file whose description is `Clarté` in Latin-1, which dcmjs does not write. */
function latinFile(more: Sample): Uint8Array {
  const file = Buffer.from(fileOf(sample({ PatientName: 'A^B', StudyDescription: 'XXXXXX', ...more })));
  return Buffer.from(file.toString('latin1').replace('XXXXXX', 'Clart\u00e9'), 'latin1');
}

const SERIES_2 = { SeriesInstanceUID: '1.2.250.1.59.40211.1.2', SOPInstanceUID: '1.2.250.1.59.40211.1.2.1' };

describe('DICOM objects become', () => {
  it.each<[string, readonly Sample[], Partial<Answers>, object]>([
    [
      'a study of one image',
      [sample()],
      {},
      { description: 'Scanner du genou, côté droit', started: '2026-01-19T09:30:00+01:00', modality: [{ code: 'CT' }] },
    ],
    [
      'a study of two images in one series',
      [sample(), sample({ SOPInstanceUID: '1.2.3.4' })],
      {},
      { numberOfInstances: 2 },
    ],
    [
      'a study: a KOS with the file of one of its objects, which has the modality and the frames',
      [sample({ NumberOfFrames: '4' }), keyObjects()],
      { series: '1.2.250.1.59.40211.1.1' },
      {
        numberOfSeries: 2,
        numberOfInstances: 5,
        modality: [{ code: 'CT' }],
        series: [
          {
            numberOfInstances: 2,
            instance: [{ extension: [{ valueInteger: 4 }] }, { uid: '1.2.250.1.59.40211.1.1.2' }],
          },
        ],
      },
    ],
    ['a study: the same file twice counts once', [sample(), sample()], {}, { numberOfInstances: 1 }],
    [
      'a study of magnetic resonance',
      [sample({ SOPClassUID: SOP.mr, Modality: 'MR' })],
      {},
      { modality: [{ code: 'MR' }] },
    ],
    [
      'a study of an object with several frames',
      [sample({ SOPClassUID: SOP.usMultiFrame, Modality: 'US', NumberOfFrames: '10' })],
      {},
      { series: [{ instance: [{ extension: [{ valueInteger: 10 }] }] }] },
    ],
    [
      'a study with texts in ISO_IR 192',
      [sample({ StudyDescription: 'Échographie rénale' })],
      {},
      { description: 'Échographie rénale' },
    ],
    [
      'a study without time if the offset is unknown',
      [sample({ TimezoneOffsetFromUTC: undefined })],
      {},
      { started: '2026-01-19' },
    ],
    [
      'a study with the offset that the caller gives',
      [sample({ TimezoneOffsetFromUTC: undefined })],
      { timezone: '+02:00' },
      { started: '2026-01-19T09:30:00+02:00' },
    ],
    [
      'a study whose time has no seconds',
      [sample({ StudyTime: '0930' })],
      {},
      { started: '2026-01-19T09:30:00+01:00' },
    ],
    [
      'the study of the chosen series',
      [sample(), sample(SERIES_2)],
      { series: SERIES_2.SeriesInstanceUID },
      { numberOfSeries: 2, numberOfInstances: 2, series: [{ uid: SERIES_2.SeriesInstanceUID, numberOfInstances: 1 }] },
    ],
    [
      'the study of a series that a KOS refers to',
      [keyObjects()],
      { series: '1.2.250.1.59.40211.1.2', modality: 'CT' },
      { series: [{ modality: { code: 'CT' }, instance: [{}, {}, {}] }] },
    ],
  ])('%s', (_, objects, answers, expected) => {
    const [document, ...others] = mapped(objects, answers);
    expect(others).toEqual([]);
    expect(isFRImagingStudyDocument(document?.study)).toBe(true);
    expect(isFREndpointWadoDocument(document?.endpoint)).toBe(true);
    expect(isFRServiceRequestDocument(document?.request)).toBe(true);
    expect(document?.study).toMatchObject(expected);
    expect(document?.study.identifier[0]).toMatchObject({ value: 'urn:oid:1.2.250.1.59.40211.1' });
    expect(document?.endpoint.address).toBe(
      'https://hopital.example/iid?requestType=STUDY&studyUID=1.2.250.1.59.40211.1',
    );
  });

  it.each(['ISO_IR 100', 'ISO_IR 101', ''])('a study: French texts of one byte per letter (%j)', (characterSet) => {
    const latin = latinFile({ SpecificCharacterSet: characterSet === '' ? undefined : characterSet });
    expect(documentsOf(instancesIn(latin, 'file'), ANSWERS)[0]?.study.description).toBe('Clarté');
  });

  it('resources with different ids, however long the UIDs of the studies are', () => {
    const ids = ['1', '2'].map((end) => {
      const StudyInstanceUID = `1.2.250.1.59.${'4'.repeat(50)}${end}`;
      const [document] = mapped([sample({ StudyInstanceUID })]);
      expect(isFREndpointWadoDocument(document?.endpoint)).toBe(true);
      return document?.endpoint.id;
    });
    expect(new Set(ids).size).toBe(2);
  });

  it('one document for each series', () => {
    const documents = mapped([sample(), sample(SERIES_2)], { series: 'each' });
    expect(documents.map(({ study }) => study.series[0].uid)).toEqual([
      '1.2.250.1.59.40211.1.1',
      '1.2.250.1.59.40211.1.2',
    ]);
    expect(mapped([keyObjects()], { series: 'each', modality: 'CT' })).toHaveLength(2);
  });
});

describe('DICOM objects are rejected with the reason', () => {
  it.each<[Rejection['reason'], readonly Sample[], Partial<Answers>]>([
    ['no-objects', [], {}],
    ['no-objects', [keyObjects({ CurrentRequestedProcedureEvidenceSequence: undefined })], {}],
    ['missing-uid', [sample({ StudyInstanceUID: undefined })], {}],
    ['missing-uid', [sample({ SeriesInstanceUID: '' })], {}],
    ['invalid-uid', [sample({ SOPInstanceUID: '1.2.x' })], {}],
    ['several-studies', [sample(), sample({ StudyInstanceUID: '1.2.3' })], {}],
    ['several-patients', [sample(), sample({ PatientID: 'other' })], {}],
    ['several-series', [sample(), sample(SERIES_2)], {}],
    ['several-series', [keyObjects()], { modality: 'CT' }],
    ['unknown-series', [sample()], { series: '1.2.3' }],
    ['modality-unknown', [keyObjects()], { series: 'each' }],
    ['modality-not-in-value-set', [sample({ Modality: 'XX' })], {}],
    ['sop-class-not-in-value-set', [sample({ SOPClassUID: '1.2.840.10008.1.1' })], {}],
    ['accession-number-missing', [sample({ AccessionNumber: undefined })], {}],
    ['date-missing', [sample({ StudyDate: undefined })], {}],
  ])('%s', (reason, objects, answers) => {
    expect(() => mapped(objects, answers)).toThrow(expect.objectContaining({ name: 'Rejection', reason }) as Error);
  });

  it.each(['ISO_IR 203', ['', 'ISO 2022 IR 87']])('character-set-not-supported: %j', (characterSet) => {
    const file = latinFile({ SpecificCharacterSet: characterSet });
    expect(() => instancesIn(file, 'file')).toThrow(
      expect.objectContaining({ name: 'Rejection', reason: 'character-set-not-supported' }) as Error,
    );
  });

  it('not-dicom', () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(200), new TextEncoder().encode('{"resourceType":"X"}')]) {
      expect(() => instancesIn(bytes, 'file')).toThrow(Rejection);
    }
  });

  it('not-dicom: sequences nested so deeply that reading them would take minutes', () => {
    const file = Buffer.from(fileOf(sample()));
    const start = Buffer.from('400030a753510000fffffffffeff00e0ffffffff', 'hex');
    const end = Buffer.from('feff0de000000000feffdde000000000', 'hex');
    const nested = (depth: number): Uint8Array =>
      Buffer.concat([file, ...Array<Buffer>(depth).fill(start), ...Array<Buffer>(depth).fill(end)]);
    expect(instancesIn(nested(20), 'file')).toEqual(instancesIn(file, 'file'));
    expect(() => instancesIn(nested(20_000), 'file')).toThrow('file nests sequences more than 100 deep');
  });

  it.each(['20261399', '20260230', '20260000'])('date-missing: a day that is not in the calendar: %s', (StudyDate) => {
    expect(() => mapped([sample({ StudyDate })])).toThrow(/^the StudyDate .* is not in the calendar$/);
  });
});

describe('DICOM objects with values that FHIR does not have become studies without them', () => {
  it.each<[string, Sample, object]>([
    ['an hour', { StudyTime: '250000' }, { started: '2026-01-19' }],
    ['an offset', { TimezoneOffsetFromUTC: '+9999' }, { started: '2026-01-19' }],
    ['a number of frames', { NumberOfFrames: '2147483648' }, { numberOfInstances: 1 }],
  ])('%s', (_, object, expected) => {
    const [document] = mapped([sample(object)]);
    expect(isFRImagingStudyDocument(document?.study)).toBe(true);
    expect(document?.study).toMatchObject(expected);
    expect(JSON.stringify(document)).not.toMatch(/T25|9999|2147483648/);
  });
});

import dcmjs from 'dcmjs';

/** A dataset by keyword, as dcmjs writes it. */
export type Sample = Record<string, unknown>;

/** SOP classes of the samples (DICOM PS3.4, B.5). */
export const SOP = {
  ct: '1.2.840.10008.5.1.4.1.1.2',
  mr: '1.2.840.10008.5.1.4.1.1.4',
  us: '1.2.840.10008.5.1.4.1.1.6.1',
  usMultiFrame: '1.2.840.10008.5.1.4.1.1.3.1',
  kos: '1.2.840.10008.5.1.4.1.1.88.59',
} as const;

/** A CT image of a knee in its own study; `more` replaces attributes, `undefined` removes them. */
export function sample(more: Sample = {}): Sample {
  const all: Sample = {
    SpecificCharacterSet: 'ISO_IR 192',
    PatientID: '279035121518989',
    PatientName: 'DUPONT^Zoé',
    SOPClassUID: SOP.ct,
    SOPInstanceUID: '1.2.250.1.59.40211.1.1.1',
    StudyInstanceUID: '1.2.250.1.59.40211.1',
    SeriesInstanceUID: '1.2.250.1.59.40211.1.1',
    Modality: 'CT',
    StudyDate: '20260119',
    StudyTime: '093000.000',
    TimezoneOffsetFromUTC: '+0100',
    AccessionNumber: 'ACC-42',
    StudyDescription: 'Scanner du genou, côté droit',
    ...more,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** A Key Object Selection that refers to two series of a study. */
export function keyObjects(more: Sample = {}): Sample {
  const series = (number: number, count: number): Sample => ({
    SeriesInstanceUID: `1.2.250.1.59.40211.1.${number}`,
    ReferencedSOPSequence: Array.from({ length: count }, (_, index) => ({
      ReferencedSOPClassUID: SOP.ct,
      ReferencedSOPInstanceUID: `1.2.250.1.59.40211.1.${number}.${index + 1}`,
    })),
  });
  return sample({
    SOPClassUID: SOP.kos,
    SOPInstanceUID: '1.2.250.1.59.40211.1.9.1',
    SeriesInstanceUID: '1.2.250.1.59.40211.1.9',
    Modality: 'KO',
    CurrentRequestedProcedureEvidenceSequence: [
      { StudyInstanceUID: '1.2.250.1.59.40211.1', ReferencedSeriesSequence: [series(1, 2), series(2, 3)] },
    ],
    ...more,
  });
}

/**
 * A DICOM file (PS3.10) in Explicit VR Little Endian.
 *
 * @param dataset by keyword
 */
export function fileOf(dataset: Sample): Uint8Array {
  const ui = (value: unknown): object => ({ vr: 'UI', Value: [value] });
  return dcmjs.data.datasetToBuffer({
    ...dataset,
    _vrMap: {},
    _meta: {
      FileMetaInformationVersion: { vr: 'OB', Value: [new Uint8Array([0, 1]).buffer] },
      MediaStorageSOPClassUID: ui(dataset['SOPClassUID'] ?? SOP.ct),
      MediaStorageSOPInstanceUID: ui(dataset['SOPInstanceUID'] ?? '1.2.3'),
      TransferSyntaxUID: ui('1.2.840.10008.1.2.1'),
    },
  });
}

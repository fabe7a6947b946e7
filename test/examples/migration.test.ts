import { readFileSync } from 'node:fs';
import {
  isFRImagingStudyDocument,
  isFRNumberOfFramesExtension,
  JdvModificateurTopographiqueCisis as Lateralite,
  validateFRImagingStudyDocument,
} from 'ans-document-fr-core';
import type { ImagingStudy } from 'fhir/r4.js';
import { expect, it } from 'vitest';
import * as after from '../../examples/migration/after.js';
import * as before from '../../examples/migration/before.js';
import { diagnose, ROOT } from '../generated/compile.js';

const ROW: before.ExamRow = {
  studyUid: '1.2.250.1.59.40211.1',
  seriesUid: '1.2.250.1.59.40211.1.1',
  modality: 'CT',
  patientId: 'patient-ins',
  started: null,
  images: [{ uid: '1.2.250.1.59.40211.1.1.1', sopClass: '1.2.840.10008.5.1.4.1.1.2', frames: 10 }],
};
const MODULE = 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';
const page = readFileSync(`${ROOT}examples/migration/README.md`, 'utf8');

/** The lines of the page's blocks with output. */
const shown = [...page.matchAll(/```text\n([\s\S]*?)```/g)].map(([, block = '']) => block.trimEnd().split('\n'));

it('before: the validator reports what the page shows', () => {
  const issues = validateFRImagingStudyDocument(before.studyOf(ROW));
  expect(issues.map(({ expression, diagnostics }) => `${expression}: ${diagnostics}`)).toEqual(shown[0]);
});

it('step 2: the compiler reports what the page shows', () => {
  const text = readFileSync(`${ROOT}examples/migration/before.ts`, 'utf8')
    .replace('row: ExamRow): ImagingStudy', 'row: ExamRow): FRImagingStudyDocument')
    .replace(/(?=import type)/, `import type { FRImagingStudyDocument } from '${MODULE}';\n`);
  const errors = diagnose(text).map(({ marked, message }) => `${marked}: ${message.split('\n').at(-1)?.trim() ?? ''}`);
  expect(errors).toEqual(shown[1]);
});

it('before: a misspelt extension passes unnoticed; after: it does not compile', () => {
  const extensionOf = (study: ImagingStudy): unknown => study.series?.[0]?.instance?.[0]?.extension?.[0];
  expect(isFRNumberOfFramesExtension(extensionOf(before.studyOf(ROW)))).toBe(false);
  expect(isFRNumberOfFramesExtension(extensionOf(after.studyOf(ROW, Lateralite.CoteDroit)))).toBe(true);
});

it('after: studies conform, and members outside the guide are rejected', () => {
  const study = after.studyOf(ROW, Lateralite.CoteDroit);
  expect(isFRImagingStudyDocument(study)).toBe(true);
  expect(after.uidOf(study)).toBe('urn:oid:1.2.250.1.59.40211.1');
  expect(before.uidOf(study)).toBe('urn:oid:1.2.250.1.59.40211.1');
  expect(() => after.studyOf({ ...ROW, modality: 'XX' }, Lateralite.CoteDroit)).toThrow('the guide has no code XX');
  expect(() => after.studyOf({ ...ROW, images: [] }, Lateralite.CoteDroit)).toThrow(RangeError);
});

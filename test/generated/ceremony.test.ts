import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  conceptOf,
  createFRAccessionNumberIdentifierDocument,
  createFRServiceRequestDocument,
  dicomUid,
  dicomUrn,
  FRAccessionNumberIdentifierDocumentBuilder,
  FRImagingStudyDocumentBuilder,
  isFRAccessionNumberIdentifierDocument,
  isFRServiceRequestDocument,
  JdvImagerieObjectifReferenceCisis,
  ref,
} from '../../generated/index.js';
import { diagnose, ROOT } from './compile.js';

const type = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'ACSN' }] };

describe('fixed values', () => {
  it('are not repeated by users: an identifier of a slice is its value', () => {
    const request = createFRServiceRequestDocument({
      status: 'active',
      intent: 'order',
      identifier: { accessionNumber: 'ACC-42' },
      category: [{ text: 'x' }],
      code: { text: 'x' },
      subject: ref('Patient', '1'),
      occurrenceDateTime: '2026',
      note: { finaliteExamen: 'x', justificationDemande: 'y' },
    });
    expect(request.identifier).toEqual([{ type, value: 'ACC-42' }]);
    expect(isFRServiceRequestDocument(request)).toBe(true);
  });

  it('are filled in if a required coding has an optional fixed system and code', () => {
    const made = createFRAccessionNumberIdentifierDocument({ value: 'ACC-42' });
    expect(made).toEqual({ type, value: 'ACC-42' });
    expect(isFRAccessionNumberIdentifierDocument(made)).toBe(true);
    const named = new FRAccessionNumberIdentifierDocumentBuilder().setValue('ACC-42').setType({ text: 'n°' }).build();
    expect(named).toEqual({ type: { ...type, text: 'n°' }, value: 'ACC-42' });
  });
});

describe('constants of codes', () => {
  it('become a CodeableConcept by conceptOf', () => {
    const [constant] = Object.values(JdvImagerieObjectifReferenceCisis);
    if (constant === undefined) throw new Error('no code');
    const checked = new FRImagingStudyDocumentBuilder().addReasonCode(conceptOf(constant, 'pourquoi')).buildChecked();
    expect(checked.issues.filter(({ expression }) => expression.includes('reasonCode'))).toEqual([]);
    expect(conceptOf(constant)).toEqual({ coding: [constant] });
    expect(conceptOf(constant).coding[0]).not.toBe(constant);
  });

  it('are named in comments of elements and types, and in compiler errors', () => {
    const text = (file: string): string => readFileSync(`${ROOT}generated/${file}.ts`, 'utf8');
    expect(text('ans.document.fr.core/fr-imaging-study-document')).toMatch(
      /Binding: required, .*jdv-modalite-acquisition-cisis\); constants: JdvModaliteAcquisitionCisis\./,
    );
    expect(text('ans.fr.terminologies/value-sets/jdv-modalite-acquisition-cisis')).toContain(
      'A Coding of JDV Modalite Acquisition CISIS; {@link JdvModaliteAcquisitionCisis} lists them.',
    );
    const [message] = diagnose(`import { FRImagingStudyDocumentBuilder } from '../../generated/index.js';
new FRImagingStudyDocumentBuilder().addModality('CT');`);
    expect(message?.message).toMatch(/type 'JdvModaliteAcquisitionCisisCoding'\.$/);
  }, 120_000);
});

it('a UID is written in the form that the element requires', () => {
  const uid = dicomUid('urn:oid:1.2.250.1.59.40211');
  const { issues } = new FRImagingStudyDocumentBuilder().addStudyInstanceUid(dicomUrn(uid)).buildChecked();
  expect(issues.filter(({ expression }) => expression.includes('identifier'))).toEqual([]);
  const wrong = new FRImagingStudyDocumentBuilder().addStudyInstanceUid('urn:oid:1.02').buildChecked();
  expect(wrong.issues).toContainEqual(
    expect.objectContaining({ severity: 'warning', expression: 'ImagingStudy.identifier[0].value' }),
  );
});

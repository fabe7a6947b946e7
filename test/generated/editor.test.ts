import { describe, expect, it } from 'vitest';
import { editorAt } from './editor.js';

const IMPORTS = `import { createFRImagingStudyDocument, FRImagingStudyDocumentBuilder, type FRImagingStudyDocument } from 'ans-document-fr-core';
declare const study: FRImagingStudyDocument;
`;

describe('completion', () => {
  it('after the builder offers a method per element and slice', () => {
    const offered = editorAt(`${IMPORTS}new FRImagingStudyDocumentBuilder().¦`).completions();
    expect(offered).toEqual(
      expect.arrayContaining([
        'addStudyInstanceUid',
        'addModality',
        'addServiceRequestAccessionNumber',
        'setProcedureReference',
        'setSeries',
        'setSubject',
        'build',
      ]),
    );
    // What builders are made of is not for their users.
    expect(offered).not.toContain('put');
    expect(offered).not.toContain('table');
  });

  it('inside create offers what is required first', () => {
    const offered = editorAt(`${IMPORTS}createFRImagingStudyDocument({ ¦ });`).completions();
    expect(offered.slice(0, 5).sort()).toEqual(['identifier', 'modality', 'series', 'status', 'subject']);
    expect(offered).toContain('started');
  });

  it('inside a sliced array offers the slices', () => {
    const offered = editorAt(`${IMPORTS}createFRImagingStudyDocument({ identifier: { ¦ } });`).completions();
    expect(offered.slice(0, 2)).toEqual(['studyInstanceUid', 'others']);
  });

  it('inside a literal offers the codes of the value set and its system', () => {
    const code = editorAt(`${IMPORTS}const s: FRImagingStudyDocument = { modality: [{ code: '¦' }] };`);
    expect(code.completions()).toEqual(expect.arrayContaining(['CT', 'MR', 'US', 'DX']));
    const system = editorAt(`${IMPORTS}const s: FRImagingStudyDocument = { modality: [{ system: '¦' }] };`);
    expect(system.completions()).toEqual(['http://dicom.nema.org/resources/ontology/DCM']);
    const status = editorAt(`${IMPORTS}createFRImagingStudyDocument({ status: '¦' });`);
    expect(status.completions().sort()).toEqual([
      'available',
      'cancelled',
      'entered-in-error',
      'registered',
      'unknown',
    ]);
  });

  it('offers codes by what they mean', () => {
    const offered = editorAt(
      `import { JdvModificateurTopographiqueCisis as Cote } from 'ans-document-fr-core';\nCote.¦`,
    ).completions();
    expect(offered).toEqual(expect.arrayContaining(['CoteDroit', 'CoteGauche']));
  });
});

describe('hover', () => {
  it("shows the guide's words, the cardinality and the binding", () => {
    const { documentation } = editorAt(`${IMPORTS}study.modal¦ity;`).hover();
    expect(documentation).toContain("Modalité d'acquisition de l'acte d'imagerie");
    expect(documentation).toContain('1..*, must support');
    expect(documentation).toContain('Binding: required');
    expect(documentation).toContain('https://smt.esante.gouv.fr/fhir/ValueSet/jdv-modalite-acquisition-cisis');
  });

  it('shows the same on a builder method', () => {
    const { documentation } = editorAt(`${IMPORTS}new FRImagingStudyDocumentBuilder().setSer¦ies;`).hover();
    expect(documentation).toContain("Séries d'examen");
    expect(documentation).toContain('1..1, must support');
  });

  it('shows what a profile is', () => {
    const { documentation } = editorAt(`${IMPORTS}const s: FRImaging¦StudyDocument = study;`).hover();
    expect(documentation).toContain('StructureDefinition/fr-imaging-study-document');
  });
});

describe('go to definition', () => {
  it('lands in the source of the profile', () => {
    const { file, line } = editorAt(`${IMPORTS}study.series[0].lateral¦ity;`).definition();
    expect(file).toBe('generated/ans.document.fr.core/fr-imaging-study-document.ts');
    expect(line).toBe('laterality: JdvModificateurTopographiqueCisisCoding;');
  });

  it('lands in the method of the builder', () => {
    const { line } = editorAt(`${IMPORTS}new FRImagingStudyDocumentBuilder().addStudyInstance¦Uid('x');`).definition();
    expect(line).toContain('addStudyInstanceUid(');
  });
});

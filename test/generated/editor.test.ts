import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend, Editor } from './editor.js';
import { languageServerHere } from './language-server.js';
import { languageService } from './language-service.js';

const IMPORTS = `import { createFRImagingStudyDocument, FRImagingStudyDocumentBuilder, type FRConditionDocument, type FRImagingStudyDocument, type FRObservationRadiationExposureDocument } from 'ans-document-fr-core';
declare const study: FRImagingStudyDocument;
`;

const BACKENDS: readonly { readonly name: string; readonly start: () => Backend | Promise<Backend> }[] = [
  { name: 'the language service of TypeScript 5.9', start: languageService },
  { name: 'the language server of TypeScript 7', start: languageServerHere },
];

describe.each(BACKENDS)('$name', ({ start }) => {
  let backend: Backend | undefined;
  beforeAll(async () => {
    backend = await start();
  });
  afterAll(() => backend?.close());
  const editorAt = (text: string): Editor => {
    if (backend === undefined) throw new Error('nothing was started');
    return backend.editorAt(text);
  };

  describe('completion', () => {
    it('offers a method per element and slice after the builder', async () => {
      const offered = await editorAt(`${IMPORTS}new FRImagingStudyDocumentBuilder().¦`).completions();
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
      // Internal members of builders are not offered.
      expect(offered).not.toContain('put');
      expect(offered).not.toContain('table');
    });

    it('offers required members first inside create', async () => {
      const offered = await editorAt(`${IMPORTS}createFRImagingStudyDocument({ ¦ });`).completions();
      expect(offered.slice(0, 5).sort()).toEqual(['identifier', 'modality', 'series', 'status', 'subject']);
      expect(offered).toContain('started');
    });

    it('offers required members first inside a part of create', async () => {
      const offered = await editorAt(`${IMPORTS}createFRImagingStudyDocument({ series: [{ ¦ }] });`).completions();
      expect(offered.slice(0, 4).sort()).toEqual(['instance', 'laterality', 'modality', 'uid']);
    });

    it('offers the slices inside a sliced array', async () => {
      const offered = await editorAt(`${IMPORTS}createFRImagingStudyDocument({ identifier: { ¦ } });`).completions();
      expect(offered.slice(0, 2)).toEqual(['studyInstanceUid', 'others']);
    });

    it('offers the codes of the value set and its system inside a literal', async () => {
      const code = editorAt(`${IMPORTS}const s: FRImagingStudyDocument = { modality: [{ code: '¦' }] };`);
      expect(await code.completions()).toEqual(expect.arrayContaining(['CT', 'MR', 'US', 'DX']));
      const system = editorAt(`${IMPORTS}const s: FRImagingStudyDocument = { modality: [{ system: '¦' }] };`);
      expect(await system.completions()).toEqual(['http://dicom.nema.org/resources/ontology/DCM']);
      const status = editorAt(`${IMPORTS}createFRImagingStudyDocument({ status: '¦' });`);
      expect((await status.completions()).sort()).toEqual([
        'available',
        'cancelled',
        'entered-in-error',
        'registered',
        'unknown',
      ]);
    });

    it('offers the codes of the value set and its system inside a CodeableConcept', async () => {
      const concept = (coding: string): Editor =>
        editorAt(`${IMPORTS}const c: FRConditionDocument['clinicalStatus'] = { coding: [{ ${coding} }] };`);
      expect(await concept("code: '¦'").completions()).toEqual(expect.arrayContaining(['active', 'resolved']));
      expect(await concept("code: 'active', system: '¦'").completions()).toEqual([
        'http://terminology.hl7.org/CodeSystem/condition-clinical',
      ]);
    });

    it('offers the code of the pattern inside a CodeableConcept', async () => {
      const code = editorAt(
        `${IMPORTS}const c: FRObservationRadiationExposureDocument['code'] = { coding: [{ code: '¦' }] };`,
      );
      expect(await code.completions()).toContain('73569-6');
    });

    it('offers the codes of the value set inside a call of a builder', async () => {
      const offered = editorAt(`${IMPORTS}new FRImagingStudyDocumentBuilder().addModality({ code: '¦' });`);
      expect(await offered.completions()).toEqual(expect.arrayContaining(['CT', 'MR']));
    });

    it('offers codes by their displays', async () => {
      const offered = await editorAt(
        `import { JdvModificateurTopographiqueCisis as Cote } from 'ans-document-fr-core';\nCote.¦`,
      ).completions();
      expect(offered).toEqual(expect.arrayContaining(['CoteDroit', 'CoteGauche']));
    });
  });

  describe('hover', () => {
    it('shows the description of the guide, the cardinality and the binding', async () => {
      const { type, documentation } = await editorAt(`${IMPORTS}study.modal¦ity;`).hover();
      expect(type).toContain('FRImagingStudyDocument.modality: [JdvModaliteAcquisitionCisisCoding');
      expect(documentation).toContain("Modalité d'acquisition de l'acte d'imagerie");
      expect(documentation).toContain('1..*, must support');
      expect(documentation).toContain('Binding: required');
      expect(documentation).toContain('https://smt.esante.gouv.fr/fhir/ValueSet/jdv-modalite-acquisition-cisis');
    });

    it('shows the same on a builder method', async () => {
      const { documentation } = await editorAt(`${IMPORTS}new FRImagingStudyDocumentBuilder().setSer¦ies;`).hover();
      expect(documentation).toContain("Séries d'examen");
      expect(documentation).toContain('1..1, must support');
    });

    it('shows the same on a slice in create', async () => {
      const text = `${IMPORTS}createFRImagingStudyDocument({ identifier: { studyInstance¦Uid: '1' } });`;
      const { documentation } = await editorAt(text).hover();
      expect(documentation).toContain('Study Instance UUID');
      expect(documentation).toContain('1..*');
    });

    it('shows the description of a profile', async () => {
      const { documentation } = await editorAt(`${IMPORTS}const s: FRImaging¦StudyDocument = study;`).hover();
      expect(documentation).toContain('StructureDefinition/fr-imaging-study-document');
    });
  });

  describe('go to definition', () => {
    it('leads to the source of the profile', async () => {
      const { file, line } = await editorAt(`${IMPORTS}study.series[0].lateral¦ity;`).definition();
      expect(file).toBe('generated/ans.document.fr.core/fr-imaging-study-document.ts');
      expect(line).toBe('laterality: JdvModificateurTopographiqueCisisCoding;');
    });

    it('leads to the method of the builder', async () => {
      const text = `${IMPORTS}new FRImagingStudyDocumentBuilder().addStudyInstance¦Uid('x');`;
      expect((await editorAt(text).definition()).line).toContain('addStudyInstanceUid(');
    });
  });
});

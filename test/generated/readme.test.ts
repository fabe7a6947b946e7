import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose, ROOT } from './compile.js';

/** Declarations that the snippets presuppose. */
const PRELUDE = `import { createFRBundleDocument, createFRImagingStudyDocument, documentBundle, type FRCompositionDocument,
  type FRDiagnosticReportImagingDocument, type FREncounterCareDocument, type FRLocationDocument,
  type FROrganizationDocument, type FRPatientINSDocument, type FRPractitionerDocument,
  type FRPractitionerRoleDocument, type FRImagingStudyDocumentSeries, append, FRImagingStudyDocument, FRImagingStudyDocumentBuilder, isFRImagingStudyDocument,
  isFRPatientINSDocument, JdvModaliteAcquisitionCisis as Modalite, type JdvModaliteAcquisitionCisisCoding,
  type JdvModificateurTopographiqueCisisCoding, type JdvSopClassCisisCoding, nonEmpty, othersOf, type Parsed, profiles,
  ref, resolve, validateFRBundleDocument, validateFRImagingStudyDocument, validateFRImagingStudyDocument as validateX,
} from 'ans-document-fr-core';
import { compositionOf } from 'ans-document-fr-core/ans.document.fr.core/fr-bundle-document.js';
import { studyInstanceUidOf, withStudyInstanceUid } from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { useForm } from 'react-hook-form';
declare const study: FRImagingStudyDocument;
declare const received: unknown;
declare const value: unknown;
declare const row: { started: string | null; subject: string; notes: string[] };
declare const rows: { uid: string }[];
declare const console: { log(...values: unknown[]): void };
declare const uid: string, ct: JdvModaliteAcquisitionCisisCoding, modality: JdvModaliteAcquisitionCisisCoding;
declare const laterality: JdvModificateurTopographiqueCisisCoding, sopClass: JdvSopClassCisisCoding;
declare const composition: FRCompositionDocument, patient: FRPatientINSDocument;
declare const role: FRPractitionerRoleDocument, practitioner: FRPractitionerDocument;
declare const organization: FROrganizationDocument, encounter: FREncounterCareDocument, location: FRLocationDocument;
declare const report: FRDiagnosticReportImagingDocument;
declare const values: unknown;
declare function studyOf(values: unknown): Parsed<FRImagingStudyDocument>;`;

it('the first study compiles as printed, and without its series gives the printed error', () => {
  const page = readFileSync(`${ROOT}README.md`, 'utf8');
  const [, study = ''] = /```ts\n([\s\S]*?)```/.exec(page) ?? [];
  const [, errors] = /```\nerror TS\d+: ([\s\S]*?)\n```/.exec(page) ?? [];
  const program = `declare const console: { log(...values: unknown[]): void };\n${study}`;
  expect(diagnose(program)).toEqual([]);
  const lacking = program.replace(/ {2}\.setSeries\([\s\S]*?\n {2}\}\)\n/, '');
  expect(diagnose(lacking, { noUnusedLocals: false }).map(({ message }) => message)).toEqual([errors]);
});

it('the snippets of examples/README.md compile, except for lines marked as errors', () => {
  const page = 'examples/README.md';
  const snippets = [...readFileSync(`${ROOT}${page}`, 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text = '']) =>
    // The prelude contains all imports.
    text.replace(/^import [\s\S]*?;$/gm, ''),
  );
  expect(snippets.length).toBeGreaterThan(6);
  const errors = diagnose([PRELUDE, ...snippets.map((text) => `export {};\n{\n${text}\n}`)].join('\n'), {
    noUnusedLocals: false,
  });
  expect(errors.map(({ marked, message }) => `${marked}: ${message}`)).toEqual([
    expect.stringMatching(/^build: This expression is not callable[^]*StillMissing<"series">/),
  ]);
});

import { expect, it } from 'vitest';
import { parseConfig } from '../../generator/config/parse-config.js';
import { type Block, blocksOf, PAGES } from '../pages.js';
import { diagnose } from './compile.js';

/** Declarations that the snippets presuppose. */
const PRELUDE = `import { createFRBundleDocument, createFRImagingStudyDocument, documentBundle, type FRCompositionDocument,
  type FRDiagnosticReportImagingDocument, type FREncounterCareDocument, type FRLocationDocument,
  type FROrganizationDocument, type FRPatientINSDocument, type FRPractitionerDocument,
  type FRPractitionerRoleDocument, type FRImagingStudyDocumentSeries, append, FRImagingStudyDocument, FRImagingStudyDocumentBuilder, isFRImagingStudyDocument,
  isFRPatientINSDocument, JdvModaliteAcquisitionCisis as Modalite, JdvModificateurTopographiqueCisis as Lateralite,
  JdvSopClassCisis as SopClass, type JdvModaliteAcquisitionCisisCoding,
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

/** Parameters of the snippets of a page: names that they use and that {@link PRELUDE} does not declare. */
const GIVEN: Readonly<Record<string, string>> = {
  'examples/migration/README.md':
    "row: import('../../examples/migration/before.js').ExamRow, " +
    "studyOf: typeof import('../../examples/migration/before.js').studyOf, console: { warn(text: string): void }",
  'generator/README.md': "defineConfig: typeof import('../../generator/config/config.js').defineConfig",
};

/** Errors that a page shows on purpose. */
const EXPECTED: Readonly<Record<string, readonly RegExp[]>> = {
  'examples/README.md': [/^build: This expression is not callable[^]*StillMissing<"series">/],
};

const CODE = ['ts', 'tsx', 'js', 'jsx', 'mjs', 'mts', 'typescript', 'javascript'];
const PAGES_WITH_CODE = PAGES.map((page) => ({ page, blocks: blocksOf(page).filter(isCode) })).filter(
  ({ blocks }) => blocks.length > 0,
);

function isCode({ language }: Block): boolean {
  return CODE.includes(language);
}

/** The body of a function: the prelude has all imports. */
function bodyOf({ text }: Block): string {
  return text.replace(/^import [^]*?;$/gm, '').replace(/^export default /gm, '');
}

it('the first study compiles as printed, and without its series gives the printed error', () => {
  const blocks = blocksOf('README.md');
  const study = blocks.find(isCode)?.text ?? '';
  const [, errors] =
    /^error TS\d+: ([^]*)\n$/.exec(blocks.find(({ text }) => text.startsWith('error'))?.text ?? '') ?? [];
  const program = `declare const console: { log(...values: unknown[]): void };\n${study}`;
  expect(diagnose(program)).toEqual([]);
  const lacking = program.replace(/ {2}\.setSeries\([\s\S]*?\n {2}\}\)\n/, '');
  expect(diagnose(lacking, { noUnusedLocals: false }).map(({ message }) => message)).toEqual([errors]);
});

it.each(PAGES_WITH_CODE)('the code of $page compiles, except for lines marked as errors', ({ page, blocks }) => {
  const programs = blocks.map((block) => `void function (${GIVEN[page] ?? ''}) {\n${bodyOf(block)}\n};`);
  const errors = diagnose([PRELUDE, ...programs].join('\n'), { noUnusedLocals: false });
  expect(errors.map(({ marked, message }) => `${marked}: ${message}`)).toEqual(
    (EXPECTED[page] ?? []).map((pattern) => expect.stringMatching(pattern) as string),
  );
});

it.each(PAGES_WITH_CODE)('the imports of $page exist', ({ blocks }) => {
  const imports = blocks.flatMap(({ text }) => text.match(/^import [^]*?;$/gm) ?? []);
  const names = imports.map((text) => text.replace("'fhir-profile-codegen'", "'../../generator/config/config.js'"));
  for (const text of names) {
    expect(diagnose(text, { noUnusedLocals: false })).toEqual([]);
  }
});

it('the configurations of generator/README.md are valid', () => {
  const configurations = blocksOf('generator/README.md').filter(isCode).map(bodyOf);
  expect(configurations.length).toBeGreaterThan(2);
  for (const text of configurations) {
    const given: unknown[] = [];
    // The snippets are of this repository.

    new Function('defineConfig', text)((config: unknown) => given.push(config));
    expect(given).not.toEqual([]);
    for (const config of given) parseConfig(config);
  }
});

import {
  createFRImagingStudyDocument,
  type FRImagingStudyDocument,
  FRImagingStudyDocumentBuilder,
  FRImagingStudyDocumentSeriesBuilder,
  isFRImagingStudyDocument,
  JdvModaliteAcquisitionCisis as Modalite,
  JdvModificateurTopographiqueCisis as Lateralite,
  JdvSopClassCisis as SopClass,
  ref,
  validateFRConditionDocument,
} from 'ans-document-fr-core';
import { studyInstanceUidOf } from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';
import { describe, expect, it } from 'vitest';
import { diagnose } from './compile.js';
import { changeable, type Changeable, validStudy } from './study.js';

/** A sentence of examples/README.md, "What to know about the types", with statements that compile and that do not. */
interface Sentence {
  readonly sentence: string;
  /** Statements, each on one line. */
  readonly compiles: readonly string[];
  /** The same, with the expected error. */
  readonly rejected: readonly (readonly [statement: string, message: RegExp])[];
}

const UID = "{ system: 'urn:dicom:uid', value: '1' } as const";
const OTHER = "{ system: 'https://hopital.example', value: 'EX-1' }";
const MISSING = "'identifier:studyInstanceUid' | 'status' | 'modality' | 'subject' | 'series'";
const ACTIVE = "{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' } as const";

const SENTENCES: readonly Sentence[] = [
  {
    sentence: 'In an array literal, the items of required slices come first, in slice order',
    compiles: [`const value: FRImagingStudyDocument['identifier'] = [${UID}, ${OTHER}];`],
    rejected: [
      [`const value: FRImagingStudyDocument['identifier'] = [${OTHER}, ${UID}];`, /SlicedArray<"studyInstanceUid"/],
    ],
  },
  {
    sentence: 'in `coding`, the codings that a pattern or a required binding demands come first',
    compiles: [`const value: FRConditionDocument['clinicalStatus'] = { coding: [${ACTIVE}, { code: 'local' }] };`],
    rejected: [
      [
        `const value: FRConditionDocument['clinicalStatus'] = { coding: [{ code: 'local' }, ${ACTIVE}] };`,
        /HasCoding</,
      ],
    ],
  },
  {
    sentence: 'Every other order is valid too: guards and builders accept it',
    compiles: [
      `if (isFRImagingStudyDocument(received)) { const value: FRImagingStudyDocument = received; void value; }`,
      `const value: FRImagingStudyDocument['identifier'] = study.identifier;`,
      `new FRImagingStudyDocumentBuilder().addIdentifier(${OTHER}).addStudyInstanceUid('1');`,
      `createFRImagingStudyDocument({ ...study, identifier: { others: [${OTHER}], studyInstanceUid: '1' } });`,
    ],
    rejected: [],
  },
  {
    sentence: 'No annotation or type argument makes a finished builder of an unfinished one',
    compiles: [
      `const value: FRImagingStudyDocumentBuilder<${MISSING}> = new FRImagingStudyDocumentBuilder();`,
      `let value: FRImagingStudyDocumentBuilder; if (text) value = new FRImagingStudyDocumentBuilder().setStatus('available'); else value = new FRImagingStudyDocumentBuilder(); void value;`,
      `const f = <M extends string>(b: FRImagingStudyDocumentBuilder<M>): FRImagingStudyDocumentBuilder<Exclude<M, 'status'>> => b.setStatus('available'); void f;`,
      `new FRImagingStudyDocumentBuilder().setStarted(undefined).addIdentifier([${OTHER}], undefined, ${OTHER});`,
    ],
    rejected: [
      [
        `const value: FRImagingStudyDocumentBuilder<never> = new FRImagingStudyDocumentBuilder();`,
        /not assignable to type 'FRImagingStudyDocumentBuilder<never>'/,
      ],
      [`new FRImagingStudyDocumentBuilder<never>();`, /Expected 0 type arguments/],
      [`const value: { build(): FRImagingStudyDocument } = new FRImagingStudyDocumentBuilder();`, /StillMissing</],
      [
        `new FRImagingStudyDocumentBuilder().addStudyInstanceUid('1').setStatus('available').addModality(...study.modality).setSubject(study.subject).build();`,
        /StillMissing<"series">' has no call signatures/,
      ],
    ],
  },
  {
    sentence: '`{ reference: … }` fits any profile of the type',
    compiles: [
      `const value: FRImagingStudyDocument = { ...study, procedureReference: { reference: 'Procedure/1' } };`,
      `const value: FRImagingStudyDocument = { ...study, procedureReference: { reference: 'urn:uuid:1' } };`,
    ],
    rejected: [
      [
        `const value: FRImagingStudyDocument = { ...study, procedureReference: { reference: 'Group/1' } };`,
        /"Group\/1".*ReferenceText<"Procedure">/,
      ],
    ],
  },
  {
    sentence: '`referenceTo(resource)` fits only where that profile, or one that it derives from, is wanted',
    compiles: [
      `const value: FRConditionDocument['subject'] = referenceTo(patientIns);`,
      `const value: ProfiledReference<'Patient', 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient'> = referenceTo(patientIns);`,
    ],
    rejected: [
      [`const value: FRConditionDocument['subject'] = referenceTo(corePatient);`, /fr-patient-(ins-)?document/],
      [`const value: FRConditionDocument['subject'] = referenceTo(study);`, /"ImagingStudy"/],
    ],
  },
  {
    sentence: 'A plain string does not tell the type: use `ref`',
    compiles: [`const value: FRImagingStudyDocument = { ...study, procedureReference: ref('Procedure', text) };`],
    rejected: [
      [
        `const value: FRImagingStudyDocument = { ...study, procedureReference: { reference: text } };`,
        /'string' is not assignable to type 'ReferenceText<"Procedure">/,
      ],
      [`const value: FRImagingStudyDocument = { ...study, procedureReference: ref('Group', text) };`, /"Group"/],
    ],
  },
  {
    sentence: 'Codes and systems `as const` fit, and whole literals in place; arrays that are readonly already do not',
    compiles: [
      `const code = 'CT' as const; const value: FRImagingStudyDocument = { ...study, modality: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code }] };`,
      `const coding = { system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'CT' } as const; const value: FRImagingStudyDocument = { ...study, modality: [coding] };`,
      `const value: FRImagingStudyDocument = { ...study, modality: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'CT' }] as const };`,
      `const value: FRImagingStudyDocument = readonlyStudy;`,
      `createFRImagingStudyDocument(readonlyStudy);`,
    ],
    rejected: [
      [
        `const coded = [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'CT' }] as const; const value: FRImagingStudyDocument = { ...study, modality: coded };`,
        /'readonly'/,
      ],
      [`const value: FRImagingStudyDocument = { ...study, note: readonlyNotes };`, /'readonly'/],
    ],
  },
  {
    sentence: '`satisfies` and spreading work',
    compiles: [
      `const value: FRImagingStudyDocument = { ...study, description: undefined };`,
      `const value = { ...study, status: 'cancelled' } satisfies FRImagingStudyDocument; const status: 'cancelled' = value.status; void status;`,
      `const value: FRImagingStudyDocument = { ...study, ...{ status: 'cancelled' as const } };`,
      `const { description: _, ...rest } = study; const value: FRImagingStudyDocument = rest;`,
    ],
    rejected: [
      [`const value = { ...study, status: 'done' } satisfies FRImagingStudyDocument;`, /"done"/],
      [`const value: FRImagingStudyDocument = { ...study, series: undefined };`, /'undefined' is not assignable/],
      [
        `const { series: _, ...rest } = study; const value: FRImagingStudyDocument = rest;`,
        /Property 'series' is missing/,
      ],
    ],
  },
  {
    sentence: 'What types cannot see: an item of a slice among `others`, `push` on a tuple, `any`, formats',
    compiles: [
      `createFRImagingStudyDocument({ ...study, identifier: { studyInstanceUid: '1', others: [{ system: 'urn:dicom:uid' }] } });`,
      `study.series.push(study.series[0]);`,
      `const value: FRImagingStudyDocument = anything;`,
      `const value: FRImagingStudyDocument = { ...study, started: 'hier' };`,
    ],
    rejected: [],
  },
  {
    sentence: 'A required primitive may be absent with a reason: the guard accepts it, the type does not show it',
    compiles: [`const value: FRImagingStudyDocument = { ...study, _status: {} };`],
    rejected: [
      [
        `const { status: _, ...rest } = study; const value: FRImagingStudyDocument = { ...rest, _status: {} };`,
        /Property 'status' is missing/,
      ],
    ],
  },
];

const PRELUDE = `import {
  createFRImagingStudyDocument, type FRConditionDocument, type FRCorePatientProfile, FRImagingStudyDocumentBuilder,
  type FRImagingStudyDocument, type FRPatientINSDocument, isFRImagingStudyDocument, type ProfiledReference, ref,
  referenceTo,
} from 'ans-document-fr-core';
import type { Annotation } from 'fhir/r4.js';
declare const study: FRImagingStudyDocument;
declare const readonlyStudy: Readonly<FRImagingStudyDocument>;
declare const readonlyNotes: readonly Annotation[];
declare const patientIns: FRPatientINSDocument;
declare const corePatient: FRCorePatientProfile;
declare const received: unknown;
declare const text: string;
declare const anything: any;`;

const statements = SENTENCES.flatMap(({ compiles, rejected }) => [
  ...compiles,
  ...rejected.map(([statement]) => statement),
]);
const diagnostics = diagnose(`${PRELUDE}\n${statements.map((one) => `{ ${one} }`).join('\n')}`);
const first = PRELUDE.split('\n').length;

/** The errors for a statement, except for unused values. */
function errorsFor(statement: string): string {
  const line = first + statements.indexOf(statement);
  const messages = diagnostics.filter((one) => one.line === line).map((one) => one.message);
  return messages.filter((message) => !/is declared but .* never (read|used)/.test(message)).join('\n');
}

describe.each(SENTENCES)('$sentence', ({ compiles, rejected }) => {
  it.each(compiles)('compiles: %s', (statement) => {
    expect(errorsFor(statement)).toBe('');
  });

  it.each(rejected)('is rejected by the compiler: %s', (statement, message) => {
    expect(errorsFor(statement)).toMatch(message);
  });
});

describe('the README is right that', () => {
  const other = { system: 'https://hopital.example', value: 'EX-1' };
  const series = new FRImagingStudyDocumentSeriesBuilder()
    .setUid('1.2')
    .setModality(Modalite.Tomodensitometrie)
    .setLaterality(Lateralite.CoteDroit)
    .addInstance({ uid: '1.2.3', sopClass: SopClass.CTImageStorage })
    .build();
  const parts = {
    status: 'available' as const,
    modality: [Modalite.Tomodensitometrie] as [typeof Modalite.Tomodensitometrie],
    subject: ref('Patient', '1'),
    series: [series] as [typeof series],
  };

  it('create and builders accept the items of slices in any order', () => {
    const created = createFRImagingStudyDocument({
      ...parts,
      identifier: { others: [other], studyInstanceUid: 'urn:oid:1.2' },
    });
    const built: FRImagingStudyDocument = new FRImagingStudyDocumentBuilder()
      .addIdentifier(other)
      .addStudyInstanceUid('urn:oid:1.2')
      .setStatus('available')
      .addModality(Modalite.Tomodensitometrie)
      .setSubject(ref('Patient', '1'))
      .setSeries(series)
      .build();
    for (const study of [created, built]) {
      expect(isFRImagingStudyDocument(study)).toBe(true);
      expect(studyInstanceUidOf(study).map((one) => one.value)).toEqual(['urn:oid:1.2']);
      expect(study.identifier).toHaveLength(2);
    }
  });

  it('guards accept a coding of the value set at any position', () => {
    const condition = (coding: readonly object[]): Changeable => changeable({ clinicalStatus: { coding } });
    const active = { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' };
    const codes = (value: unknown): unknown[] =>
      validateFRConditionDocument(Object.assign({ resourceType: 'Condition' }, value)).filter(
        (issue) => issue.severity === 'error' && issue.expression.startsWith('Condition.clinicalStatus'),
      );
    expect(codes(condition([{ system: 'urn:local', code: 'x' }, active]))).toEqual([]);
    expect(codes(condition([{ system: 'urn:local', code: 'x' }]))).toHaveLength(1);
  });

  it('the guard accepts a required primitive that is absent with a reason', () => {
    const study = validStudy();
    delete study['status'];
    expect(isFRImagingStudyDocument(study)).toBe(false);
    const extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }];
    expect(isFRImagingStudyDocument(Object.assign(study, { _status: { extension } }))).toBe(true);
  });

  it('the validator reports what types cannot check', () => {
    const study = validStudy();
    (study['identifier'] as Changeable).push(changeable({ system: 'urn:dicom:uid' }));
    expect(isFRImagingStudyDocument(study)).toBe(false);
    const twice = validStudy();
    (twice['series'] as Changeable).push((twice['series'] as Changeable)[0] as Changeable);
    expect(isFRImagingStudyDocument(twice)).toBe(false);
    expect(isFRImagingStudyDocument(Object.assign(validStudy(), { started: 'hier' }))).toBe(false);
  });
});

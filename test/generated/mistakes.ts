import { changeable, type Changeable, validStudy } from './study.js';

/** A common mistake in an imaging study. */
export interface Mistake {
  readonly name: string;
  /** Makes the mistake. */
  readonly make: (study: Changeable) => void;
  /** The part of the compiler error that names the fault. */
  readonly compiler: RegExp;
  /** The expression of the validator's issue. */
  readonly expression: RegExp;
  /** IssueType of that issue. */
  readonly code: string;
}

/** Fifteen mistakes, of which other FHIR tools for TypeScript find at most five at compile time. */
export const mistakes: readonly Mistake[] = [
  {
    name: 'missing series',
    make: (study) => delete study['series'],
    compiler: /Property 'series' is missing in type .* but required in type 'FRImagingStudyDocument'/,
    expression: /^ImagingStudy\.series$/,
    code: 'required',
  },
  {
    name: 'two series',
    make: (study) => (study['series'] as Changeable).push((study['series'] as Changeable)[0] as Changeable),
    compiler: /Source has 2 element\(s\) but target allows only 1/,
    expression: /^ImagingStudy\.series/,
    code: 'structure',
  },
  {
    name: 'missing laterality',
    make: (study) => delete series(study)['laterality'],
    compiler: /Property 'laterality' is missing in type .* but required in type 'FRImagingStudyDocumentSeries'/,
    expression: /^ImagingStudy\.series\[0\]\.laterality$/,
    code: 'required',
  },
  {
    name: 'missing series.instance',
    make: (study) => delete series(study)['instance'],
    compiler: /Property 'instance' is missing in type .* but required in type 'FRImagingStudyDocumentSeries'/,
    expression: /^ImagingStudy\.series\[0\]\.instance$/,
    code: 'required',
  },
  {
    name: 'wrong modality code',
    make: (study) => set(at(study, 'modality', 0), 'code', 'SCANNER'),
    compiler: /Type '"SCANNER"' is not assignable to type 'JdvModaliteAcquisitionCisisCode'/,
    expression: /^ImagingStudy\.modality\[0\]/,
    code: 'code-invalid',
  },
  {
    name: 'wrong modality system',
    make: (study) => set(at(study, 'modality', 0), 'system', 'urn:other'),
    compiler: /Type '"urn:other"' is not assignable to type '"http:\/\/dicom\.nema\.org\/resources\/ontology\/DCM"'/,
    expression: /^ImagingStudy\.modality\[0\]/,
    code: 'code-invalid',
  },
  {
    name: 'wrong series.modality code',
    make: (study) => set(series(study)['modality'], 'code', 'SCANNER'),
    compiler: /Type '"SCANNER"' is not assignable to type 'JdvModaliteAcquisitionCisisCode'/,
    expression: /^ImagingStudy\.series\[0\]\.modality/,
    code: 'code-invalid',
  },
  {
    name: 'wrong sopClass',
    make: (study) => set(at(series(study), 'instance', 0)['sopClass'], 'code', '1.2.3'),
    compiler: /Type '"1\.2\.3"' is not assignable to type 'JdvSopClassCisisCode'/,
    expression: /^ImagingStudy\.series\[0\]\.instance\[0\]\.sopClass/,
    code: 'code-invalid',
  },
  {
    name: 'wrong system on the slice',
    make: (study) => set(at(study, 'identifier', 0), 'system', 'urn:other'),
    compiler: /SlicedArray<"studyInstanceUid"[^]* position 0 [^]*'system'[^]* not assignable to type '"urn:dicom:uid"'/,
    expression: /^ImagingStudy\.identifier/,
    code: 'required',
  },
  {
    name: 'missing studyInstanceUid',
    make: (study) => set(study, 'identifier', changeable([{ system: 'https://hopital.example', value: 'EX-1' }])),
    compiler: /SlicedArray<"studyInstanceUid"[^]* position 0 [^]*'system'[^]* not assignable to type '"urn:dicom:uid"'/,
    expression: /^ImagingStudy\.identifier/,
    code: 'required',
  },
  {
    name: 'slice without value',
    make: (study) => delete at(study, 'identifier', 0)['value'],
    compiler:
      /SlicedArray<"studyInstanceUid"[^]*Property 'value' is missing in type .* required in type 'FRImagingStudyDocumentIdentifierStudyInstanceUid'/,
    expression: /^ImagingStudy\.identifier\[0\]\.value$/,
    code: 'required',
  },
  {
    name: 'identifier: []',
    make: (study) => set(study, 'identifier', changeable([])),
    compiler: /Source has 0 element\(s\) but target requires 1/,
    expression: /^ImagingStudy\.identifier/,
    code: 'structure',
  },
  {
    name: 'subject → Practitioner',
    make: (study) => set(study['subject'], 'reference', 'Practitioner/1'),
    compiler: /Type '"Practitioner\/1"' is not assignable to type 'ReferenceText<.*"Patient"/,
    expression: /^ImagingStudy\.subject/,
    code: 'structure',
  },
  {
    name: 'wrong status',
    make: (study) => set(study, 'status', 'done'),
    compiler: /Type '"done"' is not assignable to type .*"available"/,
    expression: /^ImagingStudy\.status$/,
    code: 'code-invalid',
  },
  {
    name: 'missing subject',
    make: (study) => delete study['subject'],
    compiler: /Property 'subject' is missing in type .* but required in type 'FRImagingStudyDocument'/,
    expression: /^ImagingStudy\.subject$/,
    code: 'required',
  },
];

/** The study with a mistake. */
export function mistaken(mistake: Mistake): Changeable {
  const study = validStudy();
  mistake.make(study);
  return study;
}

function at(parent: Changeable, name: string, index: number): Changeable {
  return (parent[name] as Changeable)[index] as Changeable;
}

function series(study: Changeable): Changeable {
  return at(study, 'series', 0);
}

function set(parent: Changeable | undefined, name: string, value: Changeable | string): void {
  (parent as Record<string, Changeable | string>)[name] = value;
}

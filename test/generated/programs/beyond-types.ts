import {
  createFRImagingStudyDocument,
  type FRImagingStudyDocument,
  type FRImagingStudyDocumentSeriesInstance,
} from 'ans-document-fr-core';
import type { ImagingStudy, Procedure } from 'fhir/r4.js';
import { study } from './study.js';

/** A value that compiles and does not conform. */
export interface Beyond {
  /** The row of examples/README.md's list of what types cannot see. */
  readonly row: string;
  /** Creates the value; all its statements compile. */
  readonly make: () => FRImagingStudyDocument;
  /** The expression of the validator's issue. */
  readonly at: string;
  /** Reported only with the option `profiles`. */
  readonly all?: true;
}

const [series] = study.series;
const [instance] = series.instance;
const [frames] = instance.extension ?? [];

const profile = ['https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-procedure-imaging-document'];
const procedure: Omit<Procedure, 'resourceType'> = { status: 'in-progress', subject: { reference: 'Patient/1' } };

/** A new study, changed in place. */
function changed(change: (study: FRImagingStudyDocument) => void): FRImagingStudyDocument {
  const copy = structuredClone(study);
  change(copy);
  return copy;
}

/** A study with another instance. */
function withInstance(other: FRImagingStudyDocumentSeriesInstance): FRImagingStudyDocument {
  return { ...study, series: [{ ...series, instance: [other] }] };
}

/** Arrays and objects that are changed in place. */
const CHANGED: readonly Beyond[] = [
  { row: '`push`', at: 'ImagingStudy.series', make: () => changed((one) => one.series.push(series)) },
  { row: '`pop`', at: 'ImagingStudy.series', make: () => changed((one) => one.series.pop()) },
  { row: '`splice`', at: 'ImagingStudy.modality', make: () => changed((one) => one.modality.splice(0)) },
  { row: '`length`', at: 'ImagingStudy.modality', make: () => changed((one) => (one.modality.length = 0)) },
  {
    row: 'index assignment',
    at: 'ImagingStudy.series',
    make: () => changed((one) => [0, 1].forEach((index) => (one.series[index] = series))),
  },
  {
    row: 'index assignment',
    at: 'ImagingStudy.modality[1]',
    make: () => changed((one) => (one.modality[2] = series.modality)),
  },
  {
    row: 'writing through an alias',
    at: 'ImagingStudy.series',
    make: () =>
      changed((one) => {
        const plain: ImagingStudy = one;
        plain.series = [];
      }),
  },
  {
    row: '`Object.assign`',
    at: 'ImagingStudy.status',
    make: () => changed((one) => Object.assign(one, { status: 'done' })),
  },
];

/** Members outside all types. */
const MEMBERS: readonly Beyond[] = [
  {
    row: 'extra members by spread',
    at: 'ImagingStudy.room',
    make: () => {
      const more = { ...study, room: 'B12' };
      return more;
    },
  },
  { row: '`any`', at: 'ImagingStudy', make: () => JSON.parse('{ "resourceType": "Patient" }') },
  { row: 'empty objects', at: 'ImagingStudy.procedureCode[0]', make: () => ({ ...study, procedureCode: [{}] }) },
  { row: 'empty optional arrays', at: 'ImagingStudy.note', make: () => ({ ...study, note: [] }) },
];

/** Slices and extensions. */
const SLICES: readonly Beyond[] = [
  {
    row: 'two items of a 0..1 slice',
    at: 'ImagingStudy.series[0].instance[0].extension',
    make: () => withInstance({ ...instance, extension: [frames, frames].flatMap((each) => each ?? []) }),
  },
  {
    row: 'an item of an optional slice that breaks it',
    at: 'ImagingStudy.series[0].instance[0].extension[0].value',
    make: () => withInstance({ ...instance, extension: [{ url: frames?.url ?? '', valueString: '3' }] }),
  },
  {
    row: 'unknown modifier extensions',
    at: 'ImagingStudy.modifierExtension[0]',
    make: () => ({ ...study, modifierExtension: [{ url: 'urn:x', valueBoolean: true }] }),
  },
  {
    row: 'two types of a choice in a plain datatype',
    at: 'ImagingStudy.note[0].author',
    make: () => ({
      ...study,
      note: [{ text: 'x', authorString: 'Ada', authorReference: { reference: 'Practitioner/1' } }],
    }),
  },
];

/** Values. */
const VALUES: readonly Beyond[] = [
  { row: 'formats of strings', at: 'ImagingStudy.started', make: () => ({ ...study, started: 'hier' }) },
  {
    row: 'formats of strings',
    at: 'ImagingStudy.series[0].uid',
    make: () => ({ ...study, series: [{ ...series, uid: '' }] }),
  },
  { row: 'ranges', at: 'ImagingStudy.numberOfSeries', make: () => ({ ...study, numberOfSeries: -1 }) },
  { row: 'ranges', at: 'ImagingStudy.numberOfSeries', make: () => ({ ...study, numberOfSeries: 1.5 }) },
  { row: 'ranges', at: 'ImagingStudy.numberOfSeries', make: () => ({ ...study, numberOfSeries: NaN }) },
  {
    row: 'narratives',
    at: 'ImagingStudy.text.`div`',
    make: () => ({ ...study, text: { status: 'generated', div: '<p onclick="alert(1)">x</p>' } }),
  },
  {
    row: 'invariants',
    at: 'ImagingStudy.contained[0]',
    make: () => ({ ...study, contained: [{ resourceType: 'Patient', id: 'unused' }] }),
  },
  {
    row: 'resources within others',
    at: 'ImagingStudy.contained[0].identifier',
    all: true,
    make: () => ({
      ...study,
      procedureReference: { reference: '#p' },
      contained: [{ resourceType: 'Procedure', id: 'p', meta: { profile }, ...procedure }],
    }),
  },
];

/** References. */
const REFERENCES: readonly Beyond[] = [
  {
    row: 'wrong targets inside plain datatypes',
    at: 'ImagingStudy.note[0].author',
    make: () => ({ ...study, note: [{ text: 'x', authorReference: { reference: 'Medication/1' } }] }),
  },
  {
    row: 'a `type` that contradicts the `reference`',
    at: 'ImagingStudy.subject',
    make: () => ({ ...study, subject: { reference: 'Patient/1', type: 'Group' } }),
  },
  {
    row: 'a `#id` to nothing',
    at: 'ImagingStudy.subject',
    make: () => ({ ...study, subject: { reference: '#patient' } }),
  },
];

/** At least one value for each row. */
export const BEYOND: readonly Beyond[] = [...CHANGED, ...MEMBERS, ...SLICES, ...VALUES, ...REFERENCES];

/** An item of `others` that belongs to a slice and breaks it: `create` itself rejects it. */
export function others(): FRImagingStudyDocument {
  return createFRImagingStudyDocument({
    ...study,
    identifier: { studyInstanceUid: 'urn:oid:1.2', others: [{ system: 'urn:dicom:uid' }] },
  });
}

import {
  createFREndpointWadoDocument,
  createFRImagingStudyDocument,
  createFRServiceRequestDocument,
  dicomUrn,
  type fhir4,
  type FREndpointWadoDocument,
  type FRImagingStudyDocument,
  type FRImagingStudyDocumentSeries,
  type FRServiceRequestDocument,
  JdvModaliteAcquisitionCisis as Modalite,
  JdvSopClassCisis as SopClass,
  nonEmpty,
  ref,
  referenceTo,
} from 'ans-document-fr-core';
import type { SopInstance } from './dicom.js';
import { Rejection } from './rejection.js';

/** What DICOM objects do not contain: the caller supplies it. */
export interface Answers {
  /** Id of the Patient resource. */
  readonly patient: string;
  /** A code of the guide; (0020,0060) Laterality has only left and right, for paired structures, and is rarely present. */
  readonly laterality: FRImagingStudyDocumentSeries['laterality'];
  /** The series that the document describes, or `each` for one document per series; the only one if absent. */
  readonly series?: string;
  /** Modality of the instances that a KOS refers to. */
  readonly modality?: string;
  /** Address of the viewer (IHE Invoke Image Display). */
  readonly viewer: string;
  /** Offset from UTC where the files have none: `+01:00`. Without one a date has no time. */
  readonly timezone?: string;
  /** Accession number for objects that have none; the archive or the RIS has it. */
  readonly accessionNumber?: string;
  /** The request, of which DICOM has the accession number and at most a description. */
  readonly request: {
    readonly category: fhir4.CodeableConcept;
    readonly finalite: string;
    readonly justification: string;
  };
}

/** The resources of one study document. */
export interface StudyDocument {
  readonly study: FRImagingStudyDocument;
  readonly endpoint: FREndpointWadoDocument;
  readonly request: FRServiceRequestDocument;
}

/**
 * Maps DICOM instances to the resources of the guide, one document for each requested series: the guide's
 * `ImagingStudy.series` is 1..1, and a DICOM study may have many.
 *
 * @param instances of one study
 * @param answers see {@link Answers}
 * @throws Rejection with a reason
 */
export function documentsOf(instances: readonly SopInstance[], answers: Answers): readonly StudyDocument[] {
  const [first] = instances;
  if (first === undefined) throw new Rejection('no-objects', 'there are no instances');
  only(instances, ({ study }) => study, 'several-studies');
  only(instances, ({ about }) => about.patientId ?? '', 'several-patients');
  const all = unique(instances);
  const series = [...new Set(all.map((one) => one.series))];
  return chosen(series, answers).map((uid) =>
    documentOf(
      uid,
      all.filter((one) => one.series === uid),
      { first, numberOfSeries: series.length, numberOfInstances: all.length },
      answers,
    ),
  );
}

function only(
  instances: readonly SopInstance[],
  of: (one: SopInstance) => string,
  reason: 'several-studies' | 'several-patients',
): void {
  const all = new Set(instances.map(of));
  if (all.size > 1) throw new Rejection(reason, `the objects belong to ${all.size}: ${[...all].join(', ')}`);
}

function chosen(all: readonly string[], { series }: Answers): readonly string[] {
  if (series === 'each') return all;
  if (series !== undefined && !all.includes(series)) throw new Rejection('unknown-series', `no object is in ${series}`);
  if (series !== undefined) return [series];
  if (all.length === 1) return all;
  throw new Rejection('several-series', `pass \`series\`: one of ${all.join(', ')}, or each`);
}

/** The study that a document takes a series from; it may have more series than the guide's `series` can hold. */
interface Whole {
  readonly first: SopInstance;
  readonly numberOfSeries: number;
  readonly numberOfInstances: number;
}

function documentOf(
  series: string,
  instances: readonly SopInstance[],
  { first, ...numbers }: Whole,
  answers: Answers,
): StudyDocument {
  const { about, study } = first;
  const started = dateTimeOf(first, answers);
  const modality = modalityOf(instances, answers);
  const items = instances.map(({ uid, sopClass, frames }) => ({
    uid,
    sopClass: sopClassOf(sopClass),
    ...(frames !== undefined && { extension: { numberOfFrames: frames } }),
  }));
  if (!nonEmpty(items)) throw new Rejection('no-objects', `no object is in ${series}`);
  const request = requestOf(first, started, answers);
  const endpoint = createFREndpointWadoDocument({
    id: idOf('wado', study),
    status: 'active',
    payloadType: [{ text: 'DICOM' }],
    address: `${answers.viewer}?requestType=STUDY&studyUID=${encodeURIComponent(study)}`,
  });
  return {
    request,
    endpoint,
    study: createFRImagingStudyDocument({
      identifier: { studyInstanceUid: dicomUrn(study) },
      status: 'available',
      modality: [modality],
      subject: ref('Patient', answers.patient),
      started,
      basedOn: { serviceRequestAccessionNumber: referenceTo(request) },
      ...numbers,
      description: about.studyDescription,
      series: [
        {
          uid: series,
          modality,
          laterality: answers.laterality,
          endpoint: [referenceTo(endpoint)],
          started,
          numberOfInstances: items.length,
          instance: items,
        },
      ],
    }),
  };
}

function requestOf(
  { about, study }: SopInstance,
  started: string,
  { patient, request, ...answers }: Answers,
): FRServiceRequestDocument {
  const accessionNumber = about.accessionNumber ?? answers.accessionNumber;
  if (accessionNumber === undefined)
    throw new Rejection('accession-number-missing', 'no object has an AccessionNumber: pass `accessionNumber`');
  return createFRServiceRequestDocument({
    id: idOf('demande', study),
    identifier: { accessionNumber },
    status: 'completed',
    intent: 'order',
    category: [request.category],
    code: { text: about.requestedProcedure ?? about.studyDescription ?? 'Imagerie' },
    subject: ref('Patient', patient),
    occurrenceDateTime: started,
    note: { finaliteExamen: request.finalite, justificationDemande: request.justification },
  });
}

/** FHIR's ids have at most 64 characters, as UIDs do, and UIDs differ at their ends (FHIR R4, Data Types, "id"). */
function idOf(prefix: string, study: string): string {
  return `${prefix}-${study}`.slice(-64);
}

/** An object that was given twice counts once: the file itself, which has more attributes than the KOS. */
function unique(instances: readonly SopInstance[]): readonly SopInstance[] {
  const byUid = new Map<string, SopInstance>();
  for (const one of instances) {
    const known = byUid.get(one.uid);
    if (known?.modality === undefined) byUid.set(one.uid, one);
  }
  return [...byUid.values()];
}

function modalityOf(instances: readonly SopInstance[], answers: Answers): (typeof Modalite.concepts)[number] {
  const code = instances.find(({ modality }) => modality !== undefined)?.modality ?? answers.modality;
  if (code === undefined) throw new Rejection('modality-unknown', 'no object has a Modality: pass `modality`');
  const found = Modalite.fromCode(code);
  if (found === undefined) throw new Rejection('modality-not-in-value-set', `the guide has no modality ${code}`);
  return found;
}

function sopClassOf(uid: string): (typeof SopClass.concepts)[number] {
  const found = SopClass.fromCode(uid);
  if (found === undefined) throw new Rejection('sop-class-not-in-value-set', `the guide has no SOP class ${uid}`);
  return found;
}

/** (0008,0201) Timezone Offset From UTC, as far as FHIR's dateTime has it. */
const OFFSET = /^([+-](?:0\d|1[0-3]))([0-5]\d)$/;

/** Whether a day is in the calendar: files with a month 13, or a 30th of February, exist. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** FHIR's dateTime has an offset when it has a time (FHIR R4, Data Types, "dateTime"); DICOM's often has none. */
function dateTimeOf({ about }: SopInstance, answers: Answers): string {
  const date = /^(\d{4})\.?(\d\d)\.?(\d\d)$/.exec(about.date ?? '');
  if (date === null) throw new Rejection('date-missing', 'no object has a StudyDate');
  const day = `${date[1]}-${date[2]}-${date[3]}`;
  if (!isDay(day)) throw new Rejection('date-missing', `the StudyDate ${day} is not in the calendar`);
  const time = /^([01]\d|2[0-3]):?([0-5]\d)(?::?([0-5]\d|60)(?:\.\d+)?)?$/.exec(about.time ?? '');
  const offset =
    OFFSET.exec(about.timezone ?? '')
      ?.slice(1)
      .join(':') ?? answers.timezone;
  return time === null || offset === undefined ? day : `${day}T${time[1]}:${time[2]}:${time[3] ?? '00'}${offset}`;
}

import { isDicomUid } from 'ans-document-fr-core';
import dcmjs from 'dcmjs';
import { Rejection } from './rejection.js';

/** The attributes of a SOP instance that a study needs; the instance is in a file, or a KOS refers to it. */
export interface SopInstance {
  readonly study: string;
  readonly series: string;
  readonly uid: string;
  readonly sopClass: string;
  /** (0008,0060); a KOS does not contain the modality of the objects that it refers to. */
  readonly modality?: string;
  /** (0028,0008), of multi-frame objects. */
  readonly frames?: number;
  /** Attributes of patient, study and request, as far as the file has them. */
  readonly about: About;
}

/** Attributes of the patient, the study and the request. */
export interface About {
  readonly patientId?: string;
  readonly accessionNumber?: string;
  readonly studyDescription?: string;
  readonly requestedProcedure?: string;
  /** (0008,0020): `20260119` */
  readonly date?: string;
  /** (0008,0030): `093000.000` */
  readonly time?: string;
  /** (0008,0201): `+0100` */
  readonly timezone?: string;
}

/** Key Object Selection Document Storage (DICOM PS3.4, B.5). */
const KOS = '1.2.840.10008.5.1.4.1.1.88.59';

/** (7FE0,0010): everything that a study needs comes before it. */
const PIXEL_DATA = '7FE00010';

// A file is mapped or rejected with a reason; dcmjs would add a line for each odd element, 200,000 of a broken file.
dcmjs.log.getLogger('validation.dcmjs').setLevel('silent');

type Dataset = Readonly<Record<string, unknown>>;

/**
 * The instances of a DICOM file: the file itself, or those that a Key Object Selection refers to.
 *
 * @param bytes of the file (DICOM PS3.10)
 * @param name of the file, for messages
 * @throws Rejection when the file is not DICOM, a UID is missing or invalid, or the character set is not supported
 */
export function instancesIn(bytes: Uint8Array, name: string): readonly SopInstance[] {
  const dataset = datasetOf(bytes, name);
  const about = aboutOf(dataset);
  if (text(dataset, 'SOPClassUID') === KOS) return selected(dataset, about, name);
  const modality = text(dataset, 'Modality');
  const frames = number(dataset, 'NumberOfFrames');
  return [
    {
      study: uid(dataset, 'StudyInstanceUID', name),
      series: uid(dataset, 'SeriesInstanceUID', name),
      uid: uid(dataset, 'SOPInstanceUID', name),
      sopClass: uid(dataset, 'SOPClassUID', name),
      ...(modality !== undefined && { modality }),
      ...(frames !== undefined && { frames }),
      about,
    },
  ];
}

function datasetOf(bytes: Uint8Array, name: string): Dataset {
  if (isNestedTooDeeply(bytes)) throw new Rejection('not-dicom', `${name} nests sequences more than ${DEPTH} deep`);
  const { DicomMessage, DicomMetaDictionary } = dcmjs.data;
  try {
    // Texts are decoded by (0008,0005) Specific Character Set: ISO_IR 100 and ISO_IR 192 in France.
    const { dict } = DicomMessage.readFile(new Uint8Array(bytes).buffer, { untilTag: PIXEL_DATA });
    return DicomMetaDictionary.naturalizeDataset(dict);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // dcmjs has no specific error for (0008,0005); the file is DICOM, but its texts would be wrong.
    if (/character set/i.test(message)) throw new Rejection('character-set-not-supported', `${name}: ${message}`);
    throw new Rejection('not-dicom', `${name} is not a DICOM file: ${message}`);
  }
}

/** Deeper than any information object nests sequences; dcmjs needs 20 seconds for 10,000 of undefined length. */
const DEPTH = 100;

/** Start and end of an item of undefined length (DICOM PS3.5, 7.5), in little and big endian. */
const ITEMS = [
  ['feff00e0ffffffff', 'feff0de000000000'],
  ['fffee000ffffffff', 'fffee00d00000000'],
].map((bytes) => bytes.map((hex) => Buffer.from(hex, 'hex')));

function isNestedTooDeeply(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return ITEMS.some(([start = file, end = file]) => {
    let depth = 0;
    let nextEnd = file.indexOf(end);
    for (let at = file.indexOf(start); at !== -1; at = file.indexOf(start, at + start.length)) {
      for (; nextEnd !== -1 && nextEnd < at; nextEnd = file.indexOf(end, nextEnd + end.length)) depth -= 1;
      depth += 1;
      if (depth > DEPTH) return true;
    }
    return false;
  });
}

/** (0040,A375) Current Requested Procedure Evidence Sequence (DICOM PS3.3, C.17.6.2). */
function selected(kos: Dataset, about: About, name: string): readonly SopInstance[] {
  return items(kos, 'CurrentRequestedProcedureEvidenceSequence').flatMap((study) =>
    items(study, 'ReferencedSeriesSequence').flatMap((series) =>
      items(series, 'ReferencedSOPSequence').map((instance) => ({
        study: uid(study, 'StudyInstanceUID', name),
        series: uid(series, 'SeriesInstanceUID', name),
        uid: uid(instance, 'ReferencedSOPInstanceUID', name),
        sopClass: uid(instance, 'ReferencedSOPClassUID', name),
        about,
      })),
    ),
  );
}

function aboutOf(dataset: Dataset): About {
  const all = {
    patientId: text(dataset, 'PatientID'),
    accessionNumber: text(dataset, 'AccessionNumber'),
    studyDescription: text(dataset, 'StudyDescription'),
    requestedProcedure: text(dataset, 'RequestedProcedureDescription'),
    date: text(dataset, 'StudyDate'),
    time: text(dataset, 'StudyTime'),
    timezone: text(dataset, 'TimezoneOffsetFromUTC'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function uid(dataset: Dataset, keyword: string, name: string): string {
  const found = text(dataset, keyword);
  if (found === undefined) throw new Rejection('missing-uid', `${name} has no ${keyword}`);
  if (!isDicomUid(found)) throw new Rejection('invalid-uid', `${name}: ${keyword} "${found}" is not a DICOM UID`);
  return found;
}

function text(dataset: Dataset, keyword: string): string | undefined {
  const value = dataset[keyword];
  const trimmed = typeof value === 'string' ? value.replace(/[\0 ]+$/, '') : '';
  return trimmed === '' ? undefined : trimmed;
}

/** The largest integer of FHIR (FHIR R4, Data Types, "integer"), and of DICOM's IS. */
const INTEGER = 2_147_483_647;

function number(dataset: Dataset, keyword: string): number | undefined {
  const value = Number(dataset[keyword]);
  return Number.isInteger(value) && value > 0 && value <= INTEGER ? value : undefined;
}

/** Items of a sequence; dcmjs may return a sequence of one item as that item. */
function items(dataset: Dataset, keyword: string): readonly Dataset[] {
  const value = dataset[keyword];
  const isDataset = (item: unknown): item is Dataset => typeof item === 'object' && item !== null;
  return Array.isArray(value) ? value.filter(isDataset) : isDataset(value) ? [value] : [];
}

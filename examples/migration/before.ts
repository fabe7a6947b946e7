/** A study as many programs create it: a literal of FHIR's own type. It compiles, and has seven errors. */
import type { ImagingStudy } from 'fhir/r4.js';

/** A row of the hospital's archive. */
export interface ExamRow {
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly modality: string;
  readonly patientId: string;
  readonly started: string | null;
  readonly images: readonly { readonly uid: string; readonly sopClass: string; readonly frames: number | null }[];
}

const NUMBER_OF_FRAMES = 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-number-of-frames';

/** A study of a row. */
export function studyOf(row: ExamRow): ImagingStudy {
  return {
    resourceType: 'ImagingStudy',
    identifier: [{ system: 'urn:dicom:uid', value: row.studyUid }],
    status: 'available',
    modality: [{ code: row.modality }],
    subject: { reference: row.patientId },
    started: row.started ?? '',
    series: [
      {
        uid: row.seriesUid,
        modality: { code: row.modality },
        instance: row.images.map(({ uid, sopClass, frames }) => ({
          uid,
          sopClass: { system: 'urn:ietf:rfc:3986', code: `urn:oid:${sopClass}` },
          extension: [{ url: NUMBER_OF_FRAMES, valueInteger: frames ?? 1 }],
        })),
      },
    ],
  };
}

/** The UID of a study, for a list on the screen. */
export function uidOf(study: ImagingStudy): string | undefined {
  return study.identifier?.find(({ system }) => system === 'urn:dicom:uid')?.value;
}

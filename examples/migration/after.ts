/** The same study, made with the models of the guide. */
import {
  createFRImagingStudyDocument,
  type FRImagingStudyDocument,
  studyInstanceUidOf,
} from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';
import {
  dicomUrn,
  JdvModaliteAcquisitionCisis as Modalite,
  type JdvModificateurTopographiqueCisisCoding as Laterality,
  JdvSopClassCisis as SopClass,
  oneOrMore,
  ref,
} from 'ans-document-fr-core';
import type { ExamRow } from './before.js';

/**
 * A study of a row.
 *
 * @param row of the archive
 * @param laterality required by the profile, and not in the archive
 * @throws RangeError when the guide does not have a code, or there is no image
 */
export function studyOf(row: ExamRow, laterality: Laterality): FRImagingStudyDocument {
  const modality = known(Modalite.fromCode(row.modality), row.modality);
  return createFRImagingStudyDocument({
    identifier: { studyInstanceUid: dicomUrn(row.studyUid) },
    status: 'available',
    modality: [modality],
    subject: ref('Patient', row.patientId),
    started: row.started ?? undefined,
    series: [
      {
        uid: row.seriesUid,
        modality,
        laterality,
        instance: oneOrMore(
          row.images.map(({ uid, sopClass, frames }) => ({
            uid,
            sopClass: known(SopClass.fromCode(sopClass), sopClass),
            extension: { numberOfFrames: frames ?? 1 },
          })),
        ),
      },
    ],
  });
}

function known<T>(found: T | undefined, code: string): T {
  if (found === undefined) throw new RangeError(`the guide has no code ${code}`);
  return found;
}

/** The UID of a study, for a list on the screen: the profile requires one. */
export function uidOf(study: FRImagingStudyDocument): string {
  return studyInstanceUidOf(study)[0].value;
}

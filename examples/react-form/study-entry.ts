import { french, type Issue } from 'ans-document-fr-core';
import {
  type FRImagingStudyDocument,
  FRImagingStudyDocumentBuilder,
} from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';
import { JdvModaliteAcquisitionCisis as Modalite } from 'ans-document-fr-core/ans.fr.terminologies/value-sets/jdv-modalite-acquisition-cisis.js';
import { JdvModificateurTopographiqueCisis as Lateralite } from 'ans-document-fr-core/ans.fr.terminologies/value-sets/jdv-modificateur-topographique-cisis.js';
import { JdvSopClassCisis as SopClass } from 'ans-document-fr-core/ans.fr.terminologies/value-sets/jdv-sop-class-cisis.js';

/**
 * What the form edits. It has the shape of a study, so that the place of an issue is the name of a field:
 * `ImagingStudy.series[0].laterality` is `series.0.laterality`. Codes are texts, and an empty field is an empty text.
 */
export interface StudyEntry {
  identifier: [{ value: string }];
  status: string;
  modality: string;
  subject: { reference: string };
  started: string;
  series: { uid: string; laterality: string; instance: { uid: string; sopClass: string }[] }[];
}

/** The initial values of the form. */
export const EMPTY: StudyEntry = {
  identifier: [{ value: '' }],
  status: 'available',
  modality: '',
  subject: { reference: '' },
  started: '',
  series: [{ uid: '', laterality: '', instance: [{ uid: '', sopClass: '' }] }],
};

/** A study, or the issues to show next to the fields. */
export type Entered =
  | { readonly ok: true; readonly study: FRImagingStudyDocument }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/**
 * Creates a study from the values of the form.
 *
 * @param entry of the form
 * @param language of the messages
 */
export function studyOf(entry: StudyEntry, language: 'en' | 'fr'): Entered {
  const modality = Modalite.fromCode(entry.modality);
  // The values of a form may be incomplete: the builder starts from them, and `buildChecked` reports what is wrong.
  const draft = {
    resourceType: 'ImagingStudy' as const,
    status: text(entry.status),
    modality: modality && [modality],
    subject: text(entry.subject.reference) && { reference: entry.subject.reference },
    started: text(entry.started),
    series: entry.series.map(({ uid, laterality, instance }) => ({
      uid: text(uid),
      modality,
      laterality: Lateralite.fromCode(laterality),
      instance: instance.map((each) => ({ uid: text(each.uid), sopClass: SopClass.fromCode(each.sopClass) })),
    })),
  };
  const [{ value: uid }] = entry.identifier;
  const builder = FRImagingStudyDocumentBuilder.from(draft);
  // A bundle contains only the messages in English: French is imported.
  const messages = language === 'fr' ? french : language;
  const parsed = (uid === '' ? builder : builder.addStudyInstanceUid(uid)).buildChecked({ language: messages });
  return parsed.ok ? { ok: true, study: parsed.value } : { ok: false, issues: parsed.issues };
}

function text(entered: string): string | undefined {
  return entered === '' ? undefined : entered;
}

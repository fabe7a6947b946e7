/** Languages of the form. */
export type FormLanguage = 'en' | 'fr';

const EN = {
  uid: 'Study UID (urn:oid:…)',
  status: 'Status',
  modality: 'Modality',
  subject: 'Patient (Patient/…)',
  started: 'Started',
  seriesUid: 'Series UID',
  laterality: 'Laterality',
  instanceUid: 'Instance UID',
  sopClass: 'SOP class',
  add: 'Add an instance',
  save: 'Save',
  choose: 'Choose',
};

/** The words of the form, in each of its languages. */
export const LABELS: Readonly<Record<FormLanguage, Readonly<Record<keyof typeof EN, string>>>> = {
  en: EN,
  fr: {
    uid: 'UID de l’étude (urn:oid:…)',
    status: 'Statut',
    modality: 'Modalité',
    subject: 'Patient (Patient/…)',
    started: 'Début',
    seriesUid: 'UID de la série',
    laterality: 'Latéralité',
    instanceUid: 'UID de l’instance',
    sopClass: 'Classe SOP',
    add: 'Ajouter une instance',
    save: 'Enregistrer',
    choose: 'Choisir',
  },
};

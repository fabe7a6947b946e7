import type { FRImagingStudyDocument } from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';
import { JdvModaliteAcquisitionCisis as Modalite } from 'ans-document-fr-core/ans.fr.terminologies/value-sets/jdv-modalite-acquisition-cisis.js';
import { JdvModificateurTopographiqueCisis as Lateralite } from 'ans-document-fr-core/ans.fr.terminologies/value-sets/jdv-modificateur-topographique-cisis.js';
import { JdvSopClassCisis as SopClass } from 'ans-document-fr-core/ans.fr.terminologies/value-sets/jdv-sop-class-cisis.js';
import { type ReactNode, useId } from 'react';
import { type FieldPath, get, type Resolver, useFieldArray, useForm } from 'react-hook-form';
import { fieldErrorsOf } from './field-errors.js';
import { type FormLanguage, LABELS } from './labels.js';
import { EMPTY, type StudyEntry, studyOf } from './study-entry.js';

/**
 * A form for an imaging study: the choices are the codes of the guide's value sets, the errors those of its validator.
 *
 * @param props `onStudy` takes a study that conforms
 */
export function StudyForm({
  language,
  onStudy,
}: {
  readonly language: FormLanguage;
  readonly onStudy: (study: FRImagingStudyDocument) => void;
}): ReactNode {
  const { register, control, handleSubmit, formState } = useForm<StudyEntry, unknown, FRImagingStudyDocument>({
    defaultValues: EMPTY,
    resolver: resolverIn(language),
  });
  const instances = useFieldArray({ control, name: 'series.0.instance' });
  const labels = LABELS[language];
  const field = (name: FieldPath<StudyEntry>, label: string, choices?: readonly Choice[]): ReactNode => (
    <Field label={label} message={messageAt(formState.errors, name)}>
      {(described) =>
        choices === undefined ? (
          <input {...register(name)} {...described} />
        ) : (
          <select {...register(name)} {...described}>
            <option value="">{labels.choose}</option>
            {choices.map(({ code, display }) => (
              <option key={code} value={code}>
                {display ?? code}
              </option>
            ))}
          </select>
        )
      }
    </Field>
  );
  return (
    // React Hook Form reports the errors: the browser's own messages would come first.
    <form lang={language} noValidate onSubmit={(event) => void handleSubmit(onStudy)(event)}>
      <p role="alert">{messageAt(formState.errors, 'root')}</p>
      {field('identifier.0.value', labels.uid)}
      {field('status', labels.status, STATUS)}
      {field('modality', labels.modality, Modalite.concepts)}
      {field('subject.reference', labels.subject)}
      {field('started', labels.started)}
      {field('series.0.uid', labels.seriesUid)}
      {field('series.0.laterality', labels.laterality, Lateralite.concepts)}
      {instances.fields.map(({ id }, index) => (
        <fieldset key={id}>
          {field(`series.0.instance.${index}.uid`, `${labels.instanceUid} ${index + 1}`)}
          {field(`series.0.instance.${index}.sopClass`, `${labels.sopClass} ${index + 1}`, SopClass.concepts)}
        </fieldset>
      ))}
      <button type="button" onClick={() => instances.append({ uid: '', sopClass: '' })}>
        {labels.add}
      </button>
      <button type="submit">{labels.save}</button>
    </form>
  );
}

interface Choice {
  readonly code: string;
  readonly display?: string;
}

/** Checked against the profile: a code that it does not allow, or one that is missing, does not compile. */
const STATUS = Object.keys({
  registered: true,
  available: true,
  cancelled: true,
  'entered-in-error': true,
  unknown: true,
} satisfies Record<FRImagingStudyDocument['status'], true>).map((code) => ({ code }));

function resolverIn(language: FormLanguage): Resolver<StudyEntry, unknown, FRImagingStudyDocument> {
  return (entry) => {
    const entered = studyOf(entry, language);
    return entered.ok
      ? { values: entered.study, errors: {} }
      : { values: {}, errors: fieldErrorsOf(entered.issues, entry) };
  };
}

function messageAt(errors: object, name: string): string | undefined {
  const error: unknown = get(errors, name);
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : undefined;
}

/** A field with its label, and what is wrong with it, as assistive technology reads it. */
function Field({
  label,
  message,
  children,
}: {
  readonly label: string;
  readonly message: string | undefined;
  readonly children: (described: object) => ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <p>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': message !== undefined, 'aria-describedby': `${id}-message` })}
      <span id={`${id}-message`}>{message}</span>
    </p>
  );
}

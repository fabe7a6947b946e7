import type { FRImagingStudyDocument } from 'ans-document-fr-core';
import { createFormControl } from 'react-hook-form';
import { EMPTY, studyOf, type StudyForm } from './form.js';

/** A form of React Hook Form: `register('series.0.uid')` compiles for the type of the form. */
export async function fill(): Promise<FRImagingStudyDocument | undefined> {
  const { register, setValue, handleSubmit } = createFormControl<StudyForm>({ defaultValues: EMPTY });
  register('instances.0.uid', { required: true });
  register('series.laterality');
  // @ts-expect-error no such member
  register('series.side');
  setValue('uid', 'urn:oid:1.2.250.1.59');
  setValue('series.uid', '1.2.250.1.59.1');
  setValue('instances.0.uid', '1.2.250.1.59.1.1');
  let made: FRImagingStudyDocument | undefined;
  await handleSubmit((values) => {
    const parsed = studyOf(values);
    if (parsed.ok) made = parsed.value;
  })();
  return made;
}

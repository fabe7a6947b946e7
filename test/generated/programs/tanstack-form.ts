import { FormApi } from '@tanstack/form-core';
import { EMPTY, studyOf } from './form.js';

/**
 * A form of TanStack Form, which is valid if a study can be created from it.
 *
 * @returns the errors of the empty form and of a complete one
 */
export async function fill(): Promise<readonly [empty: unknown, filled: unknown]> {
  const form = new FormApi({
    defaultValues: EMPTY,
    validators: {
      onSubmit: ({ value }) => {
        const { ok, issues } = studyOf(value);
        return ok ? undefined : issues.map(({ expression }) => expression).join(', ');
      },
    },
  });
  form.mount();
  await form.handleSubmit();
  const empty = form.state.errors;
  form.setFieldValue('uid', 'urn:oid:1.2.250.1.59');
  form.setFieldValue('series.uid', '1.2.250.1.59.1');
  form.setFieldValue('instances[0].uid', '1.2.250.1.59.1.1');
  // @ts-expect-error no such laterality
  form.setFieldValue('series.laterality', 'left');
  form.setFieldValue('series.laterality', '24028007');
  await form.handleSubmit();
  return [empty, form.state.errors];
}

import type { Issue } from 'ans-document-fr-core';
import { type FieldErrors, type FieldPath, set } from 'react-hook-form';
import type { StudyEntry } from './study-entry.js';

/** One field for two elements: the series has the modality of the study. */
const SAME: Readonly<Record<string, string>> = { 'series.0.modality': 'modality' };

/**
 * The issues of the validator as errors of fields, one per field; an issue outside all fields is an error of the form.
 *
 * @param issues of a study
 * @param entry the values of the form, for its fields
 */
export function fieldErrorsOf(issues: readonly Issue[], entry: StudyEntry): FieldErrors<StudyEntry> {
  const names = fieldsOf(entry);
  const messages = new Map<string, string>();
  for (const { severity, expression, diagnostics } of issues) {
    const place = placeOf(expression);
    const name = fieldAt(names, SAME[place] ?? place) ?? 'root';
    if (severity === 'error' && !messages.has(name)) messages.set(name, diagnostics);
  }
  const errors: FieldErrors<StudyEntry> = {};
  for (const [name, message] of messages) set(errors, name, { type: 'validate', message });
  return errors;
}

/** `ImagingStudy.series[0].laterality` as the name of a field: `series.0.laterality` */
function placeOf(expression: string): string {
  return expression.replace(/^ImagingStudy\.?/, '').replace(/\[(\d+)\]/g, '.$1');
}

/** The field of an element, of an element that it holds, or, where the element is missing as a whole, its first field. */
function fieldAt(names: readonly string[], place: string): string | undefined {
  return (
    names.find((name) => place === name || place.startsWith(`${name}.`)) ??
    names.find((name) => name.startsWith(`${place}.`))
  );
}

function fieldsOf(entry: StudyEntry): readonly FieldPath<StudyEntry>[] {
  return [
    'identifier.0.value',
    'status',
    'modality',
    'subject.reference',
    'started',
    ...entry.series.flatMap(({ instance }, index) => [
      `series.${index}.uid` as const,
      `series.${index}.laterality` as const,
      ...instance.flatMap((_, at) => [
        `series.${index}.instance.${at}.uid` as const,
        `series.${index}.instance.${at}.sopClass` as const,
      ]),
    ]),
  ];
}

import type * as generated from 'ans-document-fr-core';
import { bundle } from './bundle.js';
import type { Contender } from './contender.js';

/** The imports of a program that validates a study. */
export const GUARD_AND_VALIDATOR =
  "export { isFRImagingStudyDocument, validateFRImagingStudyDocument } from 'ans-document-fr-core';";

/**
 * The guard and the validator of the generated package, bundled as for users, because loaders for development slow them
 * down.
 */
export async function ours(): Promise<Contender[]> {
  const { text } = await bundle(GUARD_AND_VALIDATOR);
  const { isFRImagingStudyDocument, validateFRImagingStudyDocument } = (await import(
    `data:text/javascript,${encodeURIComponent(text)}`
  )) as typeof generated;
  return [
    {
      name: 'isFRImagingStudyDocument',
      column: 'is…',
      run: isFRImagingStudyDocument,
      errors: (value) => (isFRImagingStudyDocument(value) ? [] : ['rejected']),
    },
    {
      name: 'validateFRImagingStudyDocument',
      column: 'validate…',
      run: (value) => validateFRImagingStudyDocument(value),
      errors: (value) =>
        validateFRImagingStudyDocument(value)
          .filter(({ severity }) => severity === 'error')
          .map(({ diagnostics }) => diagnostics),
    },
  ];
}

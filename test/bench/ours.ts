import { isFRImagingStudyDocument, validateFRImagingStudyDocument } from 'ans-document-fr-core';
import type { Contender } from './contender.js';

/** The guard and the validator of the generated package. */
export const ours: readonly Contender[] = [
  {
    name: 'isFRImagingStudyDocument',
    column: 'is…',
    run: isFRImagingStudyDocument,
    errors: (value) => (isFRImagingStudyDocument(value) ? [] : ['refused']),
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

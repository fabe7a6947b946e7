import {
  createFRImagingStudyDocument,
  type FRImagingStudyDocument,
  FRImagingStudyDocumentBuilder,
  type FRImagingStudyDocumentInput,
  isFRImagingStudyDocument,
  validateFRImagingStudyDocument,
} from 'ans-document-fr-core';
import { describe, expect, it } from 'vitest';
import { largeStudy } from '../bench/study.js';
import { readsPerItem } from '../watched.js';
import { changeable } from './study.js';

/** A study with the given number of instances. */
function studyWith(instances: number): object {
  const study = largeStudy();
  const [first] = study['series']?.[0]?.['instance'] ?? [];
  const several = Array.from({ length: instances }, (_, index): object =>
    Object.assign({}, first, { uid: `1.2.250.1.${index}` }),
  );
  Object.assign(study['series']?.[0] ?? {}, { instance: several });
  // Without shared objects, as if parsed.
  return changeable(study);
}

describe('the reads per instance do not grow from a study of 100 instances to one of 10,000', () => {
  it.each<[string, (study: object) => unknown]>([
    ['guard', (study) => expect(isFRImagingStudyDocument(study)).toBe(true)],
    ['validator', (study) => expect(validateFRImagingStudyDocument(study)).toEqual([])],
    ['create', (study) => createFRImagingStudyDocument(study as FRImagingStudyDocumentInput)],
    ['builder', (study) => FRImagingStudyDocumentBuilder.from(study as FRImagingStudyDocument).build()],
  ])('%s', (_, use) => {
    const few = readsPerItem(studyWith, use, 50, 100);
    expect(few).toBeGreaterThan(5);
    expect(readsPerItem(studyWith, use, 1000, 10_000)).toBeCloseTo(few, 1);
  });
});

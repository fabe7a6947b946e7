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
import { changeable } from './study.js';

/** A study with so many instances, and how often something was read of it. */
class Watched {
  reads = 0;
  readonly study: object;

  constructor(instances: number) {
    const study = largeStudy();
    const [first] = study['series']?.[0]?.['instance'] ?? [];
    const several = Array.from({ length: instances }, (_, index): object =>
      Object.assign({}, first, { uid: `1.2.250.1.${index}` }),
    );
    Object.assign(study['series']?.[0] ?? {}, { instance: several });
    // They have nothing in common, as if they were parsed.
    this.study = this.#watched(changeable(study));
  }

  /** A proxy of the value and all that is in it, as it was parsed: the same each time. */
  #watched<T extends object>(value: T): T {
    const parts = Object.entries(value) as [string, unknown][];
    for (const [key, part] of parts) {
      if (typeof part === 'object' && part !== null) Object.assign(value, { [key]: this.#watched(part) });
    }
    return new Proxy(value, {
      get: (target, key): unknown => this.#count(Reflect.get(target, key)),
      ownKeys: (target) => this.#count(Reflect.ownKeys(target)),
      has: (target, key) => this.#count(Reflect.has(target, key)),
      getOwnPropertyDescriptor: (target, key) => this.#count(Reflect.getOwnPropertyDescriptor(target, key)),
    });
  }

  #count<T>(result: T): T {
    this.reads++;
    return result;
  }
}

/** How often something is read for each further instance, from one number of instances to another. */
function readsPerInstance(use: (study: object) => unknown, from: number, to: number): number {
  const [few, many] = [new Watched(from), new Watched(to)];
  use(few.study);
  use(many.study);
  return (many.reads - few.reads) / (to - from);
}

describe('what is read of an instance is the same in a study of 10,000 instances as in one of 100', () => {
  it.each<[string, (study: object) => unknown]>([
    ['guard', (study) => expect(isFRImagingStudyDocument(study)).toBe(true)],
    ['validator', (study) => expect(validateFRImagingStudyDocument(study)).toEqual([])],
    ['create', (study) => createFRImagingStudyDocument(study as FRImagingStudyDocumentInput)],
    ['builder', (study) => FRImagingStudyDocumentBuilder.from(study as FRImagingStudyDocument).build()],
  ])('%s', (_, use) => {
    const few = readsPerInstance(use, 50, 100);
    expect(few).toBeGreaterThan(5);
    expect(readsPerInstance(use, 1000, 10_000)).toBeCloseTo(few, 1);
  });
});

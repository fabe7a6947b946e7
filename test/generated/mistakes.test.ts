import { describe, expect, it } from 'vitest';
import { isFRImagingStudyDocument, validateFRImagingStudyDocument } from 'ans-document-fr-core';
import { diagnose } from './compile.js';
import { mistaken, mistakes } from './mistakes.js';
import { changeable, type Changeable, validStudy } from './study.js';

/** One line per study, so that the line of a diagnostic identifies the study. */
const studies = [validStudy(), ...mistakes.map(mistaken)];
const text = [
  "import type { FRImagingStudyDocument } from 'ans-document-fr-core';",
  ...studies.map((study, index) => `export const s${index}: FRImagingStudyDocument = ${JSON.stringify(study)};`),
].join('\n');
const diagnostics = diagnose(text);

function messages(index: number): string {
  return diagnostics
    .filter((diagnostic) => diagnostic.line === index + 1)
    .map((diagnostic) => diagnostic.message)
    .join('\n');
}

describe('an imaging study without a mistake', () => {
  it('compiles and passes the guard', () => {
    expect(messages(0)).toBe('');
    expect(validateFRImagingStudyDocument(validStudy())).toEqual([]);
    expect(isFRImagingStudyDocument(validStudy())).toBe(true);
  });

  it('passes the guard with its identifiers in another order', () => {
    const study = validStudy();
    (study['identifier'] as Changeable).unshift(changeable({ system: 'https://hopital.example', value: 'EX-1' }));
    expect(validateFRImagingStudyDocument(study)).toEqual([]);
    expect(isFRImagingStudyDocument(study)).toBe(true);
  });
});

describe.each(mistakes.map((mistake, index) => ({ ...mistake, index: index + 1 })))(
  'an imaging study with: $name',
  (mistake) => {
    it('is rejected by the compiler with an error that names the fault', () => {
      expect(messages(mistake.index)).toMatch(mistake.compiler);
    });

    it('is rejected by the guard, and the validator reports the element', () => {
      const study = mistaken(mistake);
      expect(isFRImagingStudyDocument(study)).toBe(false);
      const errors = validateFRImagingStudyDocument(study).filter((issue) => issue.severity === 'error');
      expect(errors.length).toBeGreaterThan(0);
      for (const issue of errors) {
        expect(issue.expression).toMatch(mistake.expression);
        expect(issue.code).toBe(mistake.code);
        expect(issue.diagnostics).not.toContain(issue.expression);
      }
    });
  },
);

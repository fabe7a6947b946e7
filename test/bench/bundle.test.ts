import manifest from 'ans-document-fr-core/manifest.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { bundle } from './bundle.js';
import { GUARD_AND_VALIDATOR } from './ours.js';

it('a bundle with a guard and a validator contains only what these need', async () => {
  const { modules } = await bundle(GUARD_AND_VALIDATOR);
  const names = modules.map(([module]) => module);
  const profiles = names.filter((name) => /^generated\/[^/]+\/[^/]+$/.test(name) && !name.includes('/runtime/'));
  expect(profiles.sort()).toEqual([
    'generated/ans.document.fr.core/fr-imaging-study-document.ts',
    'generated/ans.document.fr.core/fr-number-of-frames-extension.ts',
    'generated/ans.document.fr.core/fr-study-instance-uid-identifier-document.ts',
  ]);
  expect(names.filter((name) => name.includes('/types/'))).toEqual([
    'generated/hl7.fhir.r4.core/types/imaging-study.ts',
  ]);
  expect(names.filter((name) => /runtime\/(?:create|builder|merge|schema|parse|outcome)/.test(name))).toEqual([]);
});

it('a bundle with the interface alone is empty', async () => {
  const { min } = await bundle(
    `import type { FRImagingStudyDocument } from 'ans-document-fr-core'; export type { FRImagingStudyDocument };`,
  );
  expect(min).toBe(0);
});

const STUDY = ['isFRImagingStudyDocument'];
const VALIDATED = [...STUDY, 'validateFRImagingStudyDocument'];
const CREATED = [...VALIDATED, 'createFRImagingStudyDocument'];
const BUILT = [...CREATED, 'FRImagingStudyDocumentBuilder'];
const EVERY = manifest.profiles.flatMap(({ exports: { guard, validate } }) => [guard, validate]);

/** Kilobytes, minified and compressed, of a program that uses some exports. */
async function kilobytes(names: readonly string[]): Promise<number> {
  const { gzip } = await bundle(`export { ${names.join(', ')} } from 'ans-document-fr-core';`);
  return gzip / 1000;
}

describe('a bundle, minified and compressed, stays within its limit for', () => {
  it.each([
    ['a guard', STUDY, 18.7],
    ['a guard with messages in one language', VALIDATED, 24.1],
    ['all guards and validators', EVERY, 89.8],
  ])('%s', async (_, names, limit) => {
    expect(await kilobytes(names)).toBeLessThan(limit);
  });

  it.each([
    ['create, in addition to guard and validator', CREATED, VALIDATED, 2.9],
    ['a builder, in addition to these', BUILT, CREATED, 1.7],
  ])('%s', async (_, names, rest, limit) => {
    expect((await kilobytes(names)) - (await kilobytes(rest))).toBeLessThan(limit);
  });
});

it('a bundle with messages contains one language', async () => {
  const { modules } = await bundle(GUARD_AND_VALIDATOR);
  const names = modules.map(([module]) => module);
  expect(names.filter((name) => /runtime\/(?:messages|french)\.ts$/.test(name))).toEqual([
    'generated/runtime/messages.ts',
  ]);
});

it('a bundle with a guard alone contains no messages', async () => {
  const { text, modules } = await bundle(`export { isFRImagingStudyDocument } from 'ans-document-fr-core';`);
  const names = modules.map(([module]) => module);
  const texts = ['messages', 'french', 'language', 'issue', 'fault', 'validate', 'invariant-texts', 'bundle', 'report'];
  expect(names.filter((name) => texts.some((each) => name.endsWith(`/runtime/${each}.ts`)))).toEqual([]);
  expect(text).not.toContain('If a code for the unit is present');
});

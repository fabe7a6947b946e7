import { expect, it } from 'vitest';
import { bundle } from './bundle.js';
import { GUARD_AND_VALIDATOR } from './ours.js';

it('a bundle with a guard and a validator holds what these need and nothing else', async () => {
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

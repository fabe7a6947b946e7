import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { generateFrom } from '../../generator/index.js';
import type { Issue } from '../../templates/runtime/issue.js';
import { folderOfTests } from '../folders.js';
import { diff, differentialProfile } from '../guide/definitions.js';
import { codes, compiled, run, valueSet, written } from '../hostile/guide.js';
import { canonical } from '../model/sample.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** CodeableReference is new in R4B. */
const PROFILE = differentialProfile(
  'part',
  'Ingredient',
  [diff('Ingredient.substance.code', { binding: { strength: 'required', valueSet: valueSet('substances') } })],
  { url: canonical('part'), name: 'Part', fhirVersion: '4.3.0' },
);

it('a guide for R4B uses the core package that npm installed', { timeout: 120_000 }, async () => {
  const guide = join(folderOfTests(), 'r4b.example');
  mkdirSync(guide);
  [PROFILE, ...codes('substances', [{ code: 'a', display: 'Water' }])].forEach((resource, index) =>
    writeFileSync(join(guide, `${index}.json`), JSON.stringify(resource)),
  );
  const config = { packages: [guide], offline: true, fhirCache: folderOfTests() };
  const [only] = (await generateFrom(config, { folder: ROOT, write: false })).packages;
  if (only === undefined || only.error !== undefined) throw only?.error ?? new Error('nothing was generated');
  expect(only.failed).toEqual([]);
  const folder = written(only);
  expect(await compiled(folder)).toBe('');
  const validatePart = (await run(folder))['validatePart'] as (value: unknown) => readonly Issue[];
  const errors = (code: object): string[] =>
    validatePart({
      resourceType: 'Ingredient',
      status: 'active',
      role: { text: 'x' },
      substance: { code },
    }).map(({ expression, code: type }) => `${expression} ${type}`);
  const coded = (code: string) => ({
    concept: { coding: [{ system: 'https://example.org/CodeSystem/substances', code }] },
  });
  expect(errors(coded('a'))).toEqual([]);
  expect(errors(coded('b'))).toEqual(['Ingredient.substance.code.concept code-invalid']);
  expect(errors({ reference: { reference: 'SubstanceDefinition/1' } })).toEqual([]);
  expect(errors({ reference: { reference: 'Patient/1' } })).toEqual(['Ingredient.substance.code.reference structure']);
});

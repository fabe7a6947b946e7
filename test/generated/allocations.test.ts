import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundle } from '../bench/bundle.js';
import { folderOfTests } from '../folders.js';

/** Prints how many bytes one validation of the valid study allocates, as the median of some rounds. */
const PROGRAM = `
import { isFRImagingStudyDocument, validateFRImagingStudyDocument } from 'ans-document-fr-core';
import { validStudy } from './test/generated/study.js';

const study = validStudy();

function bytesOf(use) {
  // What the engine keeps of a function is there after some calls.
  for (let i = 0; i < 300; i++) use(study);
  const rounds = [];
  for (let round = 0; round < 5; round++) {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 100; i++) use(study);
    rounds.push((process.memoryUsage().heapUsed - before) / 100);
  }
  return rounds.sort((a, b) => a - b)[2];
}

console.log(JSON.stringify([bytesOf(isFRImagingStudyDocument), bytesOf(validateFRImagingStudyDocument)]));
`;

/**
 * Interpreted code allocates the same each time, and what it allocates stays on the heap until the first garbage
 * collection, for which there is too little of it here. Compiled code allocates less, and not always the same.
 */
const FLAGS = ['--jitless', '--min-semi-space-size=64', '--max-semi-space-size=64'];

it('guard and validator allocate no more for a valid study than they did', async () => {
  const file = join(folderOfTests(), 'program.mjs');
  writeFileSync(file, (await bundle(PROGRAM)).text);
  const text = execFileSync(process.execPath, [...FLAGS, file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [guard = NaN, validator = NaN] = JSON.parse(text) as readonly number[];
  // 15,395 and 16,908 bytes with Node.js 20; versions differ by a few words for each object.
  expect(guard).toBeGreaterThan(8_000);
  expect(guard).toBeLessThan(17_000);
  expect(validator).toBeGreaterThan(8_000);
  expect(validator).toBeLessThan(18_500);
});

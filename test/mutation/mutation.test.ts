import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATEGORIES } from './category.js';
import { type Judgement, judgeByCompiler, judgeByValidator, shareOf } from './judge.js';
import { sampled } from './sample.js';
import { openPackage, type Package, pinnedSnapshot, type Subject } from './subject.js';
import { exceptionsOf, tableOf } from './table.js';

/** Mutants of each category; `npm run mutation` tries all. */
const QUOTA = 100;
const TARGET = 0.99;

let opened: Package;
let subjects: readonly Subject[];
let compiler: Judgement;
let validator: Judgement;

beforeAll(async () => {
  opened = await openPackage(pinnedSnapshot());
  subjects = sampled(opened.subjects, QUOTA);
  compiler = judgeByCompiler(opened, subjects);
  validator = await judgeByValidator(opened, subjects);
  process.stdout.write(
    `\n${tableOf(compiler, validator)}\n\n${exceptionsOf(compiler, 20)}\n${exceptionsOf(validator, 20)}\n`,
  );
}, 600_000);
afterAll(() => opened.workspace.close());

describe('valid instances', () => {
  it('are made of every profile', () => {
    expect(opened.failures).toEqual([]);
    expect(opened.subjects.filter((subject) => subject.instances.length === 0)).toEqual([]);
  });

  it('compile', () => {
    expect(compiler.refused).toEqual([]);
  });

  it('are accepted by the validators', () => {
    expect(validator.refused).toEqual([]);
  });
});

describe('mutants', () => {
  it('are refused by the compiler where types see the fault', () => {
    expect(shareOf(compiler.rows)).toBeGreaterThanOrEqual(TARGET);
  });

  it('are refused by the validators, with an expression at or above the fault', () => {
    expect(shareOf(validator.rows)).toBeGreaterThanOrEqual(TARGET);
  });

  it.each(CATEGORIES)('%s', (category) => {
    for (const judgement of [compiler, validator]) {
      const accepted = judgement.rows
        .filter((row) => row.category === category)
        .flatMap((row) => row.accepted.filter((one) => one.reason === undefined));
      expect(
        accepted.map((one) => `${judgement.by}: ${one.profile}, ${one.mutant.place}: ${one.mutant.detail}`),
      ).toEqual([]);
    }
  });
});

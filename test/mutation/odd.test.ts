import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinnedGuide } from '../hostile/guide.js';
import { judgeByCompiler, judgeByValidator, type Judgement } from './judge.js';
import { type InputRow, judgeInputs } from './judge-inputs.js';
import { ODD } from './odd-profiles.js';
import { openPackage, type Package } from './subject.js';

/**
 * Rare features of profiles, as differentials through the whole pipeline, with all mutants. Each profile was generated
 * incorrectly once.
 */
describe('profiles with unusual constraints', () => {
  let opened: Package;
  let judgements: readonly Judgement[];
  let inputs: readonly InputRow[];

  beforeAll(async () => {
    const { snapshot } = await pinnedGuide(ODD);
    opened = await openPackage(snapshot);
    judgements = [await judgeByCompiler(opened, opened.subjects), await judgeByValidator(opened, opened.subjects)];
    inputs = await judgeInputs(opened, Infinity);
  }, 600_000);
  afterAll(() => opened.workspace.close());

  it('are all generated, with valid instances that compiler and validator accept', () => {
    expect(opened.subjects.filter(({ instances }) => instances.length === 0)).toEqual([]);
    expect(opened.failures).toEqual([]);
    expect(judgements.map(({ rejected }) => rejected)).toEqual([[], []]);
  });

  it('have no mutants that pass both compiler and validator', () => {
    const accepted = judgements.flatMap(({ by, rows }) =>
      rows.flatMap((row) => row.accepted.map(({ profile, mutant }) => `${by}: ${profile}, ${mutant.place}`)),
    );
    expect(accepted).toEqual([]);
  });

  it('have no inputs or programs that compile without creating a conforming value', () => {
    expect(inputs.map(({ rejected }) => rejected)).toEqual([[], []]);
    expect(inputs.map(({ wrong }) => wrong)).toEqual([[], []]);
  });
});

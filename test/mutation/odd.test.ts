import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinnedGuide } from '../hostile/guide.js';
import { judgeByCompiler, judgeByValidator, type Judgement } from './judge.js';
import { type InputRow, judgeInputs } from './judge-inputs.js';
import { ODD } from './odd-profiles.js';
import { openPackage, type Package } from './subject.js';

/**
 * What profiles can say and guides hardly ever do, as differentials through the whole pipeline, every mutant of it
 * tried. Each profile was once generated wrong.
 */
describe('odd profiles', () => {
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

  it('are all made, with valid instances that both accept', () => {
    expect(opened.subjects.filter(({ instances }) => instances.length === 0)).toEqual([]);
    expect(opened.failures).toEqual([]);
    expect(judgements.map(({ refused }) => refused)).toEqual([[], []]);
  });

  it('have no mutant that slips through', () => {
    const accepted = judgements.flatMap(({ by, rows }) =>
      rows.flatMap((row) => row.accepted.map(({ profile, mutant }) => `${by}: ${profile}, ${mutant.place}`)),
    );
    expect(accepted).toEqual([]);
  });

  it('have no input or program that compiles and does not conform', () => {
    expect(inputs.map(({ refused }) => refused)).toEqual([[], []]);
    expect(inputs.map(({ wrong }) => wrong)).toEqual([[], []]);
  });
});

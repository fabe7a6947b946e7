import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { CATEGORIES, type Category } from './category.js';
import { constructedGuide } from './constructed-profiles.js';
import { type Judgement, judgeByCompiler, judgeByValidator, shareOf } from './judge.js';
import { type InputRow, inputTable, judgeInputs } from './judge-inputs.js';
import { judgePrograms } from './judge-programs.js';
import { judgeSoundness } from './judge-soundness.js';
import { sampled } from './sample.js';
import { openPackage, type Package, pinnedSnapshot } from './subject.js';
import { exceptionsOf, tableOf } from './table.js';

/** Number of mutants of each category; `npm run mutation` tries all. */
const QUOTA = 24;
const TARGET = 0.99;

/** Number of changed inputs of `create` of each kind. */
const INPUT_QUOTA = 10;

/** Seed of the random numbers. */
const SEED = 20261126;

/** Random programs of each profile; those of packages are in random-program.test.ts. */
const PROGRAMS = Number(process.env['PROGRAMS'] ?? 1);

interface Guide {
  readonly name: string;
  readonly snapshot: () => PinnedSnapshot;
  /** Categories that the guide cannot have. */
  readonly without: readonly Category[];
  /** Mistakes that are tried in every run. */
  readonly known: readonly string[];
  /** Number of randomly changed instances. */
  readonly runs: number;
}

const GUIDES: readonly Guide[] = [
  {
    name: 'the pinned guide',
    snapshot: pinnedSnapshot,
    without: [
      'code outside binding: Quantity unit',
      'slice: item outside a closed slicing',
      'slice: wrong order',
      'longer than maxLength',
    ],
    known: ['Composition.subject (Device)', 'value[x] (boolean)'],
    runs: Number(process.env['FUZZ_RUNS'] ?? 3000),
  },
  {
    name: 'the constructed guide',
    snapshot: constructedGuide,
    without: ['pattern: primitive'],
    known: [],
    runs: Number(process.env['FUZZ_RUNS'] ?? 2000),
  },
];

describe.each(GUIDES)('$name', ({ name, snapshot, without, known, runs }) => {
  let opened: Package;
  let compiler: Judgement;
  let validator: Judgement;
  let inputs: readonly InputRow[];

  beforeAll(async () => {
    opened = await openPackage(snapshot());
    const subjects = sampled(opened.subjects, QUOTA);
    compiler = await judgeByCompiler(opened, subjects);
    validator = await judgeByValidator(opened, subjects);
    inputs = await judgeInputs(opened, INPUT_QUOTA);
    const accepted = [exceptionsOf(compiler, 20), exceptionsOf(validator, 20)].filter((text) => text !== '');
    const skipped = [
      ...opened.contradictions.map((text) => `- not tried, as the guide contradicts itself: ${text}`),
      ...inputs.flatMap((row) => row.neverLeftOut.map((one) => `- ${row.name}, ${one}: not all left out at once`)),
      `- ${QUOTA} mutants of each category, ${INPUT_QUOTA} inputs of each change, variants of valid ones included: \`npm run mutation\` tries all`,
    ].join('\n');
    process.stdout.write(
      `\nMutants of ${name}\n\n${[tableOf(compiler, validator), inputTable(inputs), skipped, ...accepted].join('\n\n')}\n`,
    );
  }, 600_000);
  afterAll(() => opened.workspace.close());

  it('has valid instances of each profile', () => {
    expect(opened.failures).toEqual([]);
    const without = opened.subjects.filter((subject) => subject.instances.length === 0);
    const isContradictory = (profile: string): boolean =>
      opened.contradictions.some((text) => text.startsWith(`${profile}, `));
    expect(without.map((subject) => subject.manifest.name).filter((one) => !isContradictory(one))).toEqual([]);
  });

  it.each(['compiler', 'validator'] as const)('has valid instances that the %s accepts without exception', (by) => {
    expect(by === 'compiler' ? compiler.rejected : validator.rejected).toEqual([]);
  });

  it('has mutants of each category', () => {
    const tried = validator.rows.map((row) => row.category);
    expect(tried).toEqual(CATEGORIES.filter((category) => !without.includes(category)));
  });

  it('has mutants that the compiler rejects if types can express the broken constraint', () => {
    expect(shareOf(compiler.rows)).toBeGreaterThanOrEqual(TARGET);
  });

  it('has mutants that validators reject with an expression at or above the fault', () => {
    expect(shareOf(validator.rows)).toBeGreaterThanOrEqual(TARGET);
  });

  it.each(['inputs', 'builder programs'])('%s that compile create conforming values', (name) => {
    const row = inputs.find((one) => one.name === name);
    expect(row?.valid).toBeGreaterThan(0);
    expect(row?.compiled).toBeGreaterThan(row?.beyond ?? 0);
    expect(row?.rejected).toEqual([]);
    expect(row?.wrong).toEqual([]);
    expect(row?.leftOut).toBeGreaterThan(0);
    expect(row?.neverLeftOut).toEqual([]);
  });

  it.runIf(known.length > 0)('has inputs with mistakes that once passed unnoticed', () => {
    const tried = inputs.flatMap((row) => row.known);
    expect(known.filter((mistake) => !tried.some((one) => one.includes(mistake)))).toEqual([]);
  });

  it.each(CATEGORIES.filter((category) => !without.includes(category)))('%s: every mutant is rejected', (category) => {
    const accepted = [compiler, validator].flatMap(({ by, rows }) =>
      rows
        .filter((row) => row.category === category)
        .flatMap((row) => row.accepted)
        .filter((one) => one.reason === undefined)
        .map(({ profile, mutant }) => `${by}: ${profile}, ${mutant.place}: ${mutant.detail}`),
    );
    expect(accepted).toEqual([]);
  });

  it('has random programs that conform if they compile', { timeout: 600_000 }, async () => {
    const { programs, compiled, conforming, beyond, wrong } = await judgePrograms(opened, PROGRAMS, SEED);
    process.stdout.write(
      `\n${name}: ${programs} random programs; ${compiled} compile, ${conforming} of these conform, ${beyond.length} break a constraint that no type expresses\n`,
    );
    expect(wrong).toEqual([]);
    expect(compiled).toBeGreaterThan(programs / 4);
    expect(conforming).toBeGreaterThan(compiled / 2);
  });

  it('has complete guards that accept only values of their type', { timeout: 600_000 }, async () => {
    const { accepted, wrong } = await judgeSoundness(opened, runs, SEED);
    expect(wrong).toEqual([]);
    // Enough of the changed values are accepted for the result to be significant.
    expect(accepted).toBeGreaterThan(100);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { CATEGORIES, type Category } from './category.js';
import { constructedGuide } from './constructed-profiles.js';
import { type Judgement, judgeByCompiler, judgeByValidator, shareOf } from './judge.js';
import { type InputRow, inputTable, judgeInputs } from './judge-inputs.js';
import { sampled } from './sample.js';
import { openPackage, type Package, pinnedSnapshot } from './subject.js';
import { exceptionsOf, tableOf } from './table.js';

/** Number of mutants of each category; `npm run mutation` tries all. */
const QUOTA = 24;
const TARGET = 0.99;

/** Number of changed inputs of `create` of each kind. */
const INPUT_QUOTA = 10;

interface Guide {
  readonly name: string;
  readonly snapshot: () => PinnedSnapshot;
  /** Categories that the guide cannot have. */
  readonly without: readonly Category[];
  /** Mistakes that are tried in every run. */
  readonly known: readonly string[];
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
  },
  { name: 'the constructed guide', snapshot: constructedGuide, without: ['pattern: primitive'], known: [] },
];

describe.each(GUIDES)('$name', ({ name, snapshot, without, known }) => {
  let opened: Package;
  let compiler: Judgement;
  let validator: Judgement;
  let inputs: readonly InputRow[];

  beforeAll(async () => {
    opened = await openPackage(snapshot());
    const subjects = sampled(opened.subjects, QUOTA);
    compiler = judgeByCompiler(opened, subjects);
    validator = await judgeByValidator(opened, subjects);
    inputs = await judgeInputs(opened, INPUT_QUOTA);
    const accepted = [exceptionsOf(compiler, 20), exceptionsOf(validator, 20)].filter((text) => text !== '');
    const skipped = [
      ...opened.contradictions.map((text) => `- not tried, as the guide rules out what it asks for: ${text}`),
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
    expect(by === 'compiler' ? compiler.refused : validator.refused).toEqual([]);
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
    expect(row?.refused).toEqual([]);
    expect(row?.wrong).toEqual([]);
    expect(row?.leftOut).toBeGreaterThan(0);
    expect(row?.neverLeftOut).toEqual([]);
  });

  it.runIf(known.length > 0)('has inputs with mistakes that once passed unnoticed', () => {
    const tried = inputs.flatMap((row) => row.known);
    expect(known.filter((mistake) => !tried.some((one) => one.includes(mistake)))).toEqual([]);
  });

  it.each(CATEGORIES.filter((category) => !without.includes(category)))(
    '%s with these mistakes do not pass unnoticed',
    (category) => {
      const accepted = [compiler, validator].flatMap(({ by, rows }) =>
        rows
          .filter((row) => row.category === category)
          .flatMap((row) => row.accepted)
          .filter((one) => one.reason === undefined)
          .map(({ profile, mutant }) => `${by}: ${profile}, ${mutant.place}: ${mutant.detail}`),
      );
      expect(accepted).toEqual([]);
    },
  );
});

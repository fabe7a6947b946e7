import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { constructedGuide } from './constructed-profiles.js';
import { judgeByCompiler, judgeByValidator } from './judge.js';
import { type InputRow, inputTable, joinedRows, judgeInputs } from './judge-inputs.js';
import { judgeExamples } from './judge-examples.js';
import { sampled } from './sample.js';
import { openPackage, pinnedSnapshot, snapshotOf } from './subject.js';
import { exceptionsOf, type Result, summaryOf, tableOf } from './table.js';

/**
 * The mutation test in full, over the pinned guide, the constructed one and the packages in `../shared` if they exist:
 * `npm run mutation -- [pinned|constructed|<part of a name>]… [--types] [--validators] [--inputs] [--quota <mutants per
 * category>]`.
 */
const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));
const CACHE = join(SHARED, 'fhir-cache');
const PACKAGES = join(SHARED, 'fhir-packages');

/** The core packages of R4B and R5, which npm has installed. */
const CORES = ['hl7.fhir.r4b.core', 'hl7.fhir.r5.core'];

/** Number of lines for mutants that were not rejected. */
const LINES = 40;

interface Arguments {
  readonly names: readonly string[];
  readonly types: boolean;
  readonly validators: boolean;
  readonly inputs: boolean;
  readonly quota: number;
}

function argumentsOf(words: readonly string[]): Arguments {
  const at = words.indexOf('--quota');
  const quota = at === -1 ? Infinity : Number(words[at + 1]);
  const names = words.filter((word, index) => !word.startsWith('--') && (at === -1 || index !== at + 1));
  const all = !['--types', '--validators', '--inputs'].some((word) => words.includes(word));
  return {
    names,
    types: all || words.includes('--types'),
    validators: all || words.includes('--validators'),
    inputs: all || words.includes('--inputs'),
    quota,
  };
}

/** A package by name, with the place of its examples. */
interface Source {
  readonly name: string;
  readonly snapshot: () => Promise<PinnedSnapshot>;
  readonly examples: readonly string[];
}

function sources(): Source[] {
  const cached = existsSync(CACHE) ? readdirSync(CACHE).sort() : [];
  const folders = cached.filter((name) => name.includes('#')).map((name) => join(CACHE, name));
  const archives = existsSync(PACKAGES) ? readdirSync(PACKAGES).sort() : [];
  return [
    { name: 'pinned', snapshot: () => Promise.resolve(pinnedSnapshot()), examples: folders },
    ...CORES.map((name): Source => ({ name, snapshot: () => snapshotOf(name, CACHE), examples: [] })),
    { name: 'constructed', snapshot: () => Promise.resolve(constructedGuide()), examples: [] },
    ...archives
      .filter((name) => name.endsWith('.tgz'))
      .map((name): Source => {
        const place = join(PACKAGES, name);
        return { name, snapshot: () => snapshotOf(place, CACHE), examples: [place] };
      }),
  ];
}

async function run(
  source: Source,
  { types, validators, inputs: made, quota }: Arguments,
): Promise<Result & { readonly inputs: readonly InputRow[] }> {
  const snapshot = await source.snapshot();
  const opened = await openPackage(snapshot);
  try {
    const subjects = quota === Infinity ? opened.subjects : sampled(opened.subjects, quota);
    const compiler = types ? await judgeByCompiler(opened, subjects) : undefined;
    const validator = validators ? await judgeByValidator(opened, subjects) : undefined;
    const inputs = made ? await judgeInputs(opened, quota) : [];
    const lines = [
      `## ${opened.name}: ${opened.subjects.length} profiles`,
      '',
      tableOf(compiler, validator),
      '',
      ...[compiler, validator].flatMap((one) => (one === undefined ? [] : [exceptionsOf(one, LINES)])),
      ...opened.failures.map((failure) => `- not built: ${failure}`),
      ...opened.contradictions.map((text) => `- not tried, as the guide contradicts itself: ${text}`),
      ...(inputs.length === 0 ? [] : ['', inputTable(inputs)]),
      ...inputs.flatMap(({ name, rejected, wrong, leftOut, neverLeftOut }) => [
        `- ${name}: all left out that may be, of ${leftOut} profiles${neverLeftOut.length > 0 ? `; not at once, of ${neverLeftOut.join(', ')}` : ''}`,
        ...rejected.slice(0, LINES).map((text) => `- ${name}, valid, but rejected: ${text}`),
        ...wrong.slice(0, LINES).map((text) => `- ${name}, compiles, but does not conform: ${text}`),
      ]),
    ];
    let described = '';
    if (source.examples.length > 0) {
      const { examples, byCompiler, byValidator, reasons, unexplained } = await judgeExamples(opened, source.examples);
      lines.push(
        '',
        `Official examples that claim a profile: ${examples}; rejected by the compiler: ${byCompiler.length}, by the validators: ${byValidator.length}.`,
        ...[...reasons].map(([reason, count]) => `- ${count}: ${reason}`),
        ...unexplained.slice(0, LINES).map((text) => `- no reason known, ${text.split('\n')[0] ?? ''}`),
      );
      described = `${byCompiler.length}, ${byValidator.length} of ${examples}`;
    }
    process.stdout.write(`${lines.join('\n')}\n\n`);
    return { name: opened.name, profiles: opened.subjects.length, compiler, validator, inputs, examples: described };
  } finally {
    opened.workspace.close();
  }
}

async function main(): Promise<void> {
  const given = argumentsOf(process.argv.slice(2));
  const isWanted = ({ name }: Source): boolean =>
    given.names.length === 0 || given.names.some((part) => name.includes(part));
  const results: (Result & { readonly inputs: readonly InputRow[] })[] = [];
  for (const source of sources().filter(isWanted)) results.push(await run(source, given));
  const together = (['inputs', 'builder programs'] as const).flatMap((name): InputRow[] => {
    const rows = results.flatMap((one) => one.inputs.filter((row) => row.name === name));
    return rows.length === 0 ? [] : [joinedRows(rows)];
  });
  process.stdout.write(`## Together\n\n${summaryOf(results)}\n\n${inputTable(together)}\n`);
}

await main();

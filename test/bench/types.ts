import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '../compilers.js';
import { ROOT } from '../generated/compile.js';
import { completions } from './completion.js';
import { type Cost, costOf, medianOf, versionOf } from './cost.js';
import { manyProfiles, oneProfile, plain, type Profile } from './programs.js';
import type { Section, Table } from './section.js';
import { count, times } from './table.js';

const COMPILERS = ['typescript', 'typescript-6', 'typescript-7'];
const PACKAGE = 'ans-document-fr-core';
const ONE = 'FRImagingStudyDocument';
const MANY = 20;
const RUNS = 3;

/** A program that reads the `.d.ts` files of the generated package, as users have them. */
interface Subject {
  readonly name: string;
  readonly file: string;
}

/** The cost of the types for the compiler. */
export async function types(): Promise<Section> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-types-')));
  try {
    await install(folder);
    const { subjects, module } = writePrograms(folder);
    return {
      key: 'types',
      title: 'Type checking',
      about: `Whole runs of the compiler, median of ${RUNS}; × is the ratio to the first line, a program with \`@types/fhir\` only. The last table is the language service, from the start of its process to the first completions.`,
      tables: [...COMPILERS.map((compiler) => report(compiler, subjects, folder)), await completions(folder, module)],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Installs the generated package with its build in node_modules. */
async function install(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  const target = join(modules, PACKAGE);
  mkdirSync(join(modules, '@types'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(`${ROOT}node_modules/@types/fhir`, join(modules, '@types/fhir'));
  const filter = (path: string): boolean => !/[\\/](?:dist|node_modules)$/.test(path);
  cpSync(`${ROOT}generated`, target, { recursive: true, filter });
  const options = {
    rootDir: target,
    outDir: join(target, 'dist'),
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
  };
  const complaints = await compile('typescript', folder, { name: 'build', include: [`${target}/**/*.ts`], options });
  if (complaints !== '') throw new Error(`the generated package does not compile:\n${complaints}`);
}

function writePrograms(folder: string): { readonly subjects: Subject[]; readonly module: string } {
  const { profiles } = JSON.parse(readFileSync(`${ROOT}generated/manifest.json`, 'utf8')) as {
    readonly profiles: readonly Profile[];
  };
  const one = profiles.find(({ name }) => name === ONE);
  if (one === undefined) throw new Error(`${ONE} is not generated`);
  const module = PACKAGE + one.module.slice(1);
  const many = profiles.filter(({ kind }) => kind === 'resource').slice(0, MANY);
  const programs = [
    {
      name: `1 profile of ${profiles.length}, from its module`,
      file: 'module.ts',
      text: oneProfile(module),
    },
    { name: `1 profile of ${profiles.length}`, file: 'one.ts', text: oneProfile(PACKAGE) },
    { name: `${many.length} profiles`, file: 'many.ts', text: manyProfiles(PACKAGE, many) },
  ];
  writeFileSync(join(folder, 'plain.ts'), plain);
  for (const { file, text } of programs) writeFileSync(join(folder, file), text);
  const subjects = [
    { name: '@types/fhir alone', file: 'plain.ts' },
    ...programs.map(({ name, file }) => ({ name, file })),
  ];
  return { subjects, module };
}

function report(compiler: string, subjects: readonly Subject[], folder: string): Table {
  const measure = ({ file }: Subject): Cost => costOf(compiler, folder, file);
  const costs = subjects.map((subject): [Cost, ...Cost[]] => [measure(subject)]);
  // In turns, so that other load on the machine affects all equally.
  for (let run = 1; run < RUNS; run++) subjects.forEach((subject, at) => costs[at]?.push(measure(subject)));
  const medians = costs.map(medianOf);
  const rows = medians.map((cost, at) => rowOf(subjects[at]?.name ?? '', cost, medians[0] ?? cost));
  const head = ['files', 'instantiations', 'types', 'check', 'total', '×', 'processor', '×', 'MB', '×'];
  return { head: [`TypeScript ${versionOf(compiler)}`, ...head], rows };
}

function rowOf(name: string, cost: Cost, base: Cost): string[] {
  const { files, instantiations, types, check, total, processor, memory } = cost;
  return [
    name,
    ...[files, instantiations, types].map(count),
    check.toFixed(2),
    ...[total.toFixed(2), times(total, base.total)],
    ...[processor.toFixed(2), times(processor, base.processor)],
    ...[count(memory), times(memory, base.memory)],
  ];
}

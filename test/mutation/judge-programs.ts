import { build } from 'esbuild';
import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Json } from '../../generator/fhir/json.js';
import { methodsOf } from './builder-program.js';
import { compileLines } from './compile.js';
import { inputsOf } from './judge-inputs.js';
import {
  type Api,
  type Expression,
  RandomChoices,
  partsOf,
  programHead,
  type ProgramParts,
  randomProgram,
} from './random-program.js';
import type { Package, Subject } from './subject.js';
import { errorsOf, type Validate } from './validators.js';

/** The results for random programs. */
export interface ProgramRow {
  readonly programs: number;
  readonly compiled: number;
  readonly conforming: number;
  /** Faults that no type can see, according to the README. */
  readonly beyond: readonly string[];
  /** Programs that compile and result in a value that the guard rejects, or in an exception. */
  readonly wrong: readonly string[];
}

/** One program of a profile. */
interface Trial {
  readonly expression: Expression;
  readonly text: string;
}

/**
 * Tests that every program that compiles creates a value that the guard accepts.
 *
 * @param opened the package
 * @param perProfile the number of programs for each profile
 * @param seed of the random numbers
 */
export async function judgePrograms(opened: Package, perProfile: number, seed: number): Promise<ProgramRow> {
  const { modules, append } = await loadModules(opened);
  const all = opened.subjects.flatMap((subject, at) => {
    const own = modules[at];
    const parts = own === undefined ? undefined : partsOfSubject(opened, subject, own);
    if (own === undefined || parts === undefined) return [];
    return [{ subject, api: { own, append }, trials: trialsOf(parts, perProfile, seed + at) }];
  });
  const messages = await compileLines(
    opened.workspace,
    all.map(({ subject, trials }) => ({
      head: programHead(subject.manifest),
      lines: trials.map(({ text }, index) => `export const v${index}: T = ${text};`),
    })),
  );
  const counts = { programs: 0, compiled: 0, conforming: 0 };
  const beyond: string[] = [];
  const wrong: string[] = [];
  for (const [at, { subject, api, trials }] of all.entries()) {
    for (const [index, { expression, text }] of trials.entries()) {
      counts.programs++;
      if (messages[at]?.has(index) === true) continue;
      counts.compiled++;
      const fault = faultOf(expression, api, subject);
      if (fault === undefined) counts.conforming++;
      else (isBeyondTypes(fault, opened, subject) ? beyond : wrong).push(`${subject.manifest.name}: ${fault}\n${text}`);
    }
  }
  return { ...counts, beyond, wrong };
}

/** The exports of the module of each profile, bundled together. */
async function loadModules({ workspace, subjects }: Package): Promise<{
  readonly modules: readonly ReadonlyMap<string, unknown>[];
  readonly append: Api['append'];
}> {
  const entry = join(workspace.folder, 'programs.ts');
  const outfile = join(workspace.folder, 'programs.mjs');
  const lines = subjects.map(
    ({ manifest }, at) => `export * as m${at} from './generated/${manifest.module.slice(2).replace(/\.js$/, '.ts')}';`,
  );
  writeFileSync(entry, [...lines, "export { append } from './generated/runtime/index.ts';"].join('\n'));
  await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
  const loaded = (await import(pathToFileURL(outfile).href)) as Readonly<Record<string, object>>;
  return {
    modules: subjects.map((_, at) => new Map(Object.entries(loaded[`m${at}`] ?? {}))),
    append: loaded['append'] as unknown as Api['append'],
  };
}

function partsOfSubject(
  opened: Package,
  subject: Subject,
  own: ReadonlyMap<string, unknown>,
): ProgramParts | undefined {
  const { manifest } = subject;
  const { instances, inputs } = inputsOf(opened, subject);
  if (instances.length === 0) return undefined;
  const valid = inputs.flatMap(({ change, json }) => (change === 'none' ? [json] : []));
  // A program with a fault that no type sees, such as the format of a string, proves nothing if it compiles.
  const broken = inputs.flatMap((one) => (one.change !== 'none' && one.visible ? [one.json] : []));
  const create = own.get(manifest.exports.create) as (input: Json) => Json;
  // Some forms of valid inputs do not compile, and are not executed.
  const values = valid.flatMap((json) => {
    try {
      return [create(json)];
    } catch {
      return [];
    }
  });
  const writers = [...own.keys()].filter((name) => /^with[A-Z]/.test(name));
  return partsOf(manifest, methodsOf(opened.workspace, manifest), { valid, broken }, values, writers);
}

function trialsOf(parts: ProgramParts, count: number, seed: number): readonly Trial[] {
  const drawn = fc.sample(fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), { seed, numRuns: count });
  const trials = new Map<string, Trial>();
  for (const numbers of drawn) {
    const expression = randomProgram(parts, new RandomChoices(numbers));
    if (expression !== undefined) trials.set(expression.text, { expression, text: expression.text });
  }
  return [...trials.values()];
}

/** The errors of the value that a program creates. */
function faultOf({ run }: Expression, api: Api, { manifest }: Subject): string | undefined {
  const validate = api.own.get(manifest.exports.validate) as Validate;
  const guard = api.own.get(manifest.exports.guard) as (value: unknown) => boolean;
  try {
    const value = run(api);
    const [error] = errorsOf(validate(value));
    if (guard(value)) return undefined;
    // Guides choose the names of their invariants.
    return `${error?.code === 'invariant' ? 'invariant ' : ''}${error?.diagnostics ?? 'the guard rejects it'}`;
  } catch (error) {
    return String(error);
  }
}

/**
 * Faults that types cannot see (examples/README.md, "What types cannot see"): invariants, emptiness, the number of
 * items added by several calls and slices, references of a document to missing entries, and maximum value sets.
 */
function isBeyondTypes(fault: string, { context }: Package, { manifest }: Subject): boolean {
  const known =
    /(?:^|: )(?:invariant |[a-z][\w-]*-\d+: |must not be empty|at most \d+ allowed, \d+ found|at least [2-9] required, [1-9] found|only one of |"[^"]+" not found in the document)/;
  if (known.test(fault)) return true;
  const limits = JSON.stringify(context.profiles.get(manifest.url)?.root ?? {}).matchAll(/"maxValueSet":"([^"]*)"/g);
  return /\bcodes? of /.test(fault) && [...limits].some(([, url = '']) => fault.includes(url));
}

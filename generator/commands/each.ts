import { join } from 'node:path';
import { claimFolder, planRuns, type Run } from '../config/plan.js';
import { CodegenError, oneLine } from '../errors.js';
import { kebabCase } from '../names/identifier.js';
import type { Context } from './context.js';
import { reportFailed } from './failed.js';
import { Unused } from './unused.js';

/** What a run of a command has to tell. */
export interface Outcome {
  readonly code: number;
  /** What `--json` prints. */
  readonly summary: object;
  /** What people read. */
  readonly lines: readonly string[];
  /** Whether the lines are what the command is run for: then `--quiet` does not leave them out. */
  readonly isAsked: boolean;
  /** Profiles that were asked for and could not be generated. */
  readonly failed: readonly string[];
}

/** What a run is given besides itself. */
export interface RunTools {
  readonly unused: Unused;
  /** The folder that the run is about, once the name of its package is known. */
  readonly folderOf: (packageName: string) => string;
  /** What the run has warned of. */
  readonly warnings: () => readonly string[];
}

/** Flags that say what to generate. */
export interface EachFlags {
  readonly profile: readonly string[];
  readonly out?: string;
}

/**
 * Runs a command for each package that there is, and tells the results: of one as it is, of several together. One
 * package that fails does not stop the others.
 *
 * @param command its name
 * @param spec of the command line
 * @param flags of the command line
 * @param context of the command
 * @param one runs it for one package
 * @returns exit code: the highest of all
 * @throws what `one` throws for a single package; what is no CodegenError in any case
 */
export async function forEachRun(
  command: string,
  spec: string | undefined,
  flags: EachFlags,
  context: Context,
  one: (run: Run, tools: RunTools) => Promise<Outcome>,
): Promise<number> {
  const { cwd, project, console, config } = context;
  const start = context.now();
  if (config !== undefined) console.progress(`Configuration ${config.file}`);
  const runs = planRuns(spec, flags, config, { cwd, output: project.output });
  const unused = new Unused(runs);
  const folders = new Map(
    runs.flatMap(({ out, spec: of = '' }): [string, string][] => (out === undefined ? [] : [[out, of]])),
  );
  const outcomes: Outcome[] = [];
  for (const run of runs) {
    const folderOf = (packageName: string): string => {
      if (run.out !== undefined) return run.out;
      const folder = join(run.parent, packageName.split('.').map(kebabCase).join('.'));
      claimFolder(folders, folder, run.spec ?? packageName);
      return folder;
    };
    const told = console.warnings.length;
    const tools: RunTools = { unused, folderOf, warnings: () => console.warnings.slice(told) };
    outcomes.push(await (runs.length === 1 ? one(run, tools) : survived(run, context, () => one(run, tools))));
  }
  const [first] = outcomes;
  const summary =
    first !== undefined && outcomes.length === 1
      ? first.summary
      : {
          command,
          packages: outcomes.map((outcome) => outcome.summary),
          warnings: console.warnings,
          milliseconds: Math.round(context.now() - start),
        };
  await console.summary(
    summary,
    outcomes.flatMap(({ lines }) => lines),
    outcomes.some(({ isAsked }) => isAsked),
  );
  reportFailed(
    outcomes.flatMap(({ failed }) => failed),
    context,
  );
  return Math.max(...outcomes.map(({ code }) => code));
}

/** A package that fails, as an outcome. */
async function survived(run: Run, { console }: Context, one: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await one();
  } catch (error) {
    if (!(error instanceof CodegenError)) throw error;
    const line = oneLine(error);
    console.fail(line);
    return { code: 1, summary: { spec: run.spec, error: line }, lines: [], isAsked: false, failed: [] };
  }
}

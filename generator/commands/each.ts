import { planRuns, type Run } from '../config/plan.js';
import { oneLine } from '../errors.js';
import type { Outcome } from '../run/produce.js';
import type { Context } from './context.js';
import { reportFailed } from './failed.js';

/** The report of a command for a package. */
export interface CommandResult {
  readonly code: number;
  /** The output of `--json`. */
  readonly summary: object;
  /** The text for people. */
  readonly lines: readonly string[];
  /** Whether the lines are the purpose of the command: `--quiet` then does not omit them. */
  readonly isResult: boolean;
  /** Requested profiles that could not be generated. */
  readonly failed: readonly string[];
}

/** Flags that select what to generate. */
export interface EachFlags {
  readonly profile: readonly string[];
  readonly out?: string;
  readonly also?: readonly string[];
}

/**
 * The runs of a command.
 *
 * @param spec the spec on the command line
 * @param flags of the command line
 * @param context of the command
 * @throws UsageError when the runs cannot be combined
 */
export function runsOf(spec: string | undefined, flags: EachFlags, context: Context): readonly Run[] {
  const { cwd, project, console, config } = context;
  if (config !== undefined) console.progress(`Configuration ${config.file}`);
  return planRuns(spec, flags, config, { cwd, output: project.output });
}

/**
 * Reports the outcomes for packages; with several, in one summary.
 *
 * @param command name of the command
 * @param outcomes the outcomes of its runs
 * @param context of the command
 * @param start the time at which it began
 * @param resultOf makes the result of the command from the value and the warnings of a finished run
 * @returns exit code: the highest of all
 * @throws the error of a single package
 */
export async function reportEach<T>(
  command: string,
  outcomes: readonly Outcome<T>[],
  context: Context,
  start: number,
  resultOf: (value: T, warnings: readonly string[]) => CommandResult,
): Promise<number> {
  const { console } = context;
  const [only] = outcomes;
  if (outcomes.length === 1 && only?.error !== undefined) throw only.error;
  const all = outcomes.map((outcome): CommandResult => {
    if (outcome.error === undefined) return resultOf(outcome.value, outcome.warnings.map(oneLine));
    const line = oneLine(outcome.error);
    console.fail(line);
    return { code: 1, summary: { spec: outcome.run.spec, error: line }, lines: [], isResult: false, failed: [] };
  });
  const [first] = all;
  const summary =
    first !== undefined && all.length === 1
      ? first.summary
      : {
          command,
          packages: all.map((result) => result.summary),
          warnings: console.warnings,
          milliseconds: Math.round(context.now() - start),
        };
  await console.summary(
    summary,
    all.flatMap(({ lines }) => lines),
    all.some(({ isResult }) => isResult),
  );
  reportFailed(
    all.flatMap(({ failed }) => failed),
    context,
  );
  return Math.max(...all.map(({ code }) => code));
}

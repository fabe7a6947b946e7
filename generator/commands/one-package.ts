import { planRuns } from '../config/plan.js';
import { UsageError } from '../errors.js';
import { produceEach, type Production } from '../run/produce.js';
import { type Context, type SourceOptions, surroundingsOf } from './context.js';

/** Which package a command speaks of. */
export interface PackageFlags extends SourceOptions {
  /** Spec; the one package of the configuration, or the pinned snapshot, if absent. */
  readonly package?: string | undefined;
}

/**
 * Generates one package in memory.
 *
 * @param profiles canonicals, ids or names; all when there is none
 * @param flags of the command line
 * @param context of the command
 * @throws UsageError when the configuration has several packages; CodegenError as the stages do, also when there is no
 *   such profile, with those that may be meant
 */
export async function onePackage(
  profiles: readonly string[],
  flags: PackageFlags,
  context: Context,
): Promise<Production> {
  const { cwd, project, config } = context;
  const runs = planRuns(flags.package, { profile: profiles }, config, { cwd, output: project.output });
  if (runs.length > 1) throw new UsageError('the configuration has several packages: name one with --package');
  const [outcome] = await produceEach(runs, surroundingsOf(flags, context), ({ produce }) => produce());
  if (outcome === undefined) throw new UsageError('there is no package');
  if (outcome.error !== undefined) throw outcome.error;
  return outcome.value;
}

import { basename } from 'node:path';
import { planRuns, type Run } from '../config/plan.js';
import { UsageError } from '../errors.js';
import type { ResolvedModel } from '../model/resolved.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import { produceEach, type Production } from '../run/produce.js';
import { snapshotOf } from '../run/source.js';
import { type Context, type SourceOptions, surroundingsOf } from './context.js';

/** Selects the package of a command. */
export interface PackageFlags extends SourceOptions {
  /** Spec; the one package of the configuration, or the pinned snapshot, if absent. */
  readonly package?: string | undefined;
}

/** A package generated in memory, with the facts that it was generated from. */
export type Generation = Production & { readonly snapshot: PinnedSnapshot };

/**
 * Generates one package in memory.
 *
 * @param profiles canonicals, ids or names; all if empty
 * @param flags of the command line
 * @param context of the command
 * @throws UsageError when the configuration has several packages; CodegenError as the stages do, and for an unknown
 *   profile, with suggestions
 */
export async function onePackage(
  profiles: readonly string[],
  flags: PackageFlags,
  context: Context,
): Promise<Generation> {
  const run = oneRun(profiles, flags, context);
  // Records replace the files of an output folder; here the content is needed.
  const surroundings = { ...surroundingsOf(flags, context), records: undefined };
  const [outcome] = await produceEach([run], surroundings, ({ produce }) => produce());
  if (outcome === undefined) throw new UsageError('there is no package');
  if (outcome.error !== undefined) throw outcome.error;
  const { snapshot } = outcome.value;
  if (snapshot === undefined) throw new UsageError('there is no package');
  return { ...outcome.value, snapshot };
}

/**
 * The model of one package, without rendering it.
 *
 * @param profiles canonicals, ids or names; all if empty
 * @param flags of the command line
 * @param context of the command
 * @throws as {@link onePackage}
 */
export async function oneModel(
  profiles: readonly string[],
  flags: PackageFlags,
  context: Context,
): Promise<{ readonly snapshot: PinnedSnapshot; readonly model: ResolvedModel }> {
  const { spec, also, profiles: names, patterns } = oneRun(profiles, flags, context);
  const snapshot = await snapshotOf(spec, { also, profiles: names, patterns }, surroundingsOf(flags, context));
  const { buildModel } = await import('../model/build.js');
  const { resolveModel } = await import('../model/resolve.js');
  return { snapshot, model: resolveModel(buildModel(snapshot)) };
}

function oneRun(profiles: readonly string[], flags: PackageFlags, { cwd, project, config, console }: Context): Run {
  const [run, ...others] = planRuns(flags.package, { profile: profiles }, config, { cwd, output: project.output });
  if (run === undefined) throw new UsageError('there is no package');
  if (others.length > 0) throw new UsageError('the configuration has several packages: name one with --package');
  if (run.spec === undefined && project.pinned !== project.pinnedOutput) {
    console.progress(
      `Reading the snapshot of the first guide: ${basename(project.pinnedOutput)} is not in this folder; name a package to read another`,
    );
  }
  return run;
}

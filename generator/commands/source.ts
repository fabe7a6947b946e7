import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Patterns, pinnedProfilesOf, profilesOf, select, type Selected } from '../config/select.js';
import { CodegenError, messageOf } from '../errors.js';
import type { LoadOptions } from '../load/load.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import type { Context, SourceOptions } from './context.js';

/** Which profiles are wanted of a package. */
export interface Wanted {
  /** Canonicals, ids or names; all, or those that the patterns choose, when there is none. */
  readonly profiles: readonly string[];
  readonly patterns?: Patterns | undefined;
  /** Told which patterns some profile fits. */
  readonly onUsed?: ((patterns: readonly string[]) => void) | undefined;
}

/**
 * The facts that a command works on: of a package, or of a pinned file, the project's own when none is named.
 *
 * @param spec `name#version`, a package folder, a `.tgz`, or a pinned file, known by its ending `.json`
 * @param wanted see there
 * @param flags where packages come from; the configuration says what they do not
 * @param context of the command; warnings go to its console
 * @throws CodegenError or UsageError as the stages do, and when a pinned file cannot be read
 */
export async function snapshotOf(
  spec: string | undefined,
  wanted: Wanted,
  flags: SourceOptions,
  context: Context,
): Promise<PinnedSnapshot> {
  if (spec === undefined || isPinnedFile(spec)) {
    const path = spec === undefined ? context.project.pinned : resolve(context.cwd, spec);
    const { snapshotWarnings } = await import('../pin/warnings.js');
    const all = await context.stages.parse(await textOf(path, spec === undefined), path);
    const profiles = chosen(wanted, (patterns) => select(pinnedProfilesOf(all), patterns, { package: path }));
    const snapshot = profiles === undefined ? all : await context.stages.narrow(all, profiles);
    context.console.warn(snapshotWarnings(snapshot));
    return snapshot;
  }
  const onProgress = (line: string): void => context.console.progress(line);
  const loaded = await context.stages.load(spec, { ...sourceOf(flags, context), onProgress });
  context.console.warn(loaded.warnings);
  const profiles = chosen(wanted, (patterns) => select(profilesOf(loaded.definitions), patterns, { package: spec }));
  const roots = profiles === undefined ? {} : { profiles };
  const { definitions, warnings, snapshotOf } = await context.stages.withSnapshots(loaded.definitions, roots);
  context.console.warn(warnings);
  const pinned = await context.stages.pin(definitions, { ...roots, snapshotOf });
  context.console.warn(pinned.warnings);
  return pinned.snapshot;
}

/** The profiles to name; nothing for all. */
function chosen(
  { profiles, patterns, onUsed }: Wanted,
  choose: (patterns: Patterns) => Selected,
): readonly string[] | undefined {
  if (profiles.length > 0) return profiles;
  if (patterns === undefined) return undefined;
  const selected = choose(patterns);
  onUsed?.(selected.used);
  return selected.profiles;
}

function sourceOf(flags: SourceOptions, { config }: Context): LoadOptions {
  const { fhirCache, registry, buildServer, offline } = config?.config ?? {};
  return {
    ...(fhirCache !== undefined && config !== undefined && { fhirCache: resolve(config.folder, fhirCache) }),
    ...(registry !== undefined && { registry }),
    ...(buildServer !== undefined && { buildServer }),
    ...(offline !== undefined && { offline }),
    ...(flags.fhirCache !== undefined && { fhirCache: flags.fhirCache }),
    ...(flags.registry !== undefined && { registry: flags.registry }),
    ...(flags.buildServer !== undefined && { buildServer: flags.buildServer }),
    ...(flags.offline !== undefined && { offline: flags.offline }),
    ...(flags.with !== undefined && { packages: flags.with }),
  };
}

/**
 * Whether a spec names a pinned file.
 *
 * @param spec as the user gave it
 */
export function isPinnedFile(spec: string): boolean {
  return spec.toLowerCase().endsWith('.json');
}

async function textOf(path: string, isDefault: boolean): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const hint = isDefault ? '; name a package, or make the snapshot with: pin <package>' : '';
    const message = `the pinned snapshot cannot be read: ${messageOf(error)}${hint}`;
    throw new CodegenError(message, { package: path }, { cause: error });
  }
}

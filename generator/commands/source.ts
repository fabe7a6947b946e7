import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CodegenError, messageOf } from '../errors.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import type { Context, SourceOptions } from './context.js';

/**
 * The facts that a command works on: of a package, or of a pinned file, the project's own when none is named.
 *
 * @param spec `name#version`, a package folder, a `.tgz`, or a pinned file, known by its ending `.json`
 * @param profiles canonicals, ids or names; all when there is none
 * @param options where packages come from
 * @param context of the command; warnings go to its console
 * @throws CodegenError or UsageError as the stages do, and when a pinned file cannot be read
 */
export async function snapshotOf(
  spec: string | undefined,
  profiles: readonly string[],
  options: SourceOptions,
  context: Context,
): Promise<PinnedSnapshot> {
  if (spec === undefined || isPinnedFile(spec)) {
    const path = spec === undefined ? context.project.pinned : resolve(context.cwd, spec);
    const { snapshotWarnings } = await import('../pin/warnings.js');
    const all = await context.stages.parse(await textOf(path, spec === undefined), path);
    const snapshot = profiles.length === 0 ? all : await context.stages.narrow(all, profiles);
    context.console.warn(snapshotWarnings(snapshot));
    return snapshot;
  }
  const onProgress = (line: string): void => context.console.progress(line);
  const wanted = profiles.length === 0 ? {} : { profiles };
  const loaded = await context.stages.load(spec, { ...options, onProgress });
  context.console.warn(loaded.warnings);
  const { definitions, warnings, snapshotOf } = await context.stages.withSnapshots(loaded.definitions, wanted);
  context.console.warn(warnings);
  const pinned = await context.stages.pin(definitions, { ...wanted, snapshotOf });
  context.console.warn(pinned.warnings);
  return pinned.snapshot;
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

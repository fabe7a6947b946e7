import { resolve } from 'node:path';
import type { Generated } from '../generate.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import { readAssets } from '../render/assets.js';
import { machineDisk } from '../write/disk.js';
import { realFolder } from '../write/workplace.js';
import { write } from '../write/write.js';
import { duration, many, type Context, type SourceOptions } from './context.js';
import { snapshotOf } from './source.js';

/** Flags of `generate` and `check`. */
export interface GenerateFlags extends SourceOptions {
  readonly profile: readonly string[];
  readonly out?: string;
}

/** What was made of a package, in memory. */
export interface Production extends Generated {
  readonly snapshot: PinnedSnapshot;
  /** Profiles that were asked for and could not be generated; warnings say why. */
  readonly failed: readonly string[];
}

/**
 * Generates and writes.
 *
 * @param spec of the package; the project's pinned snapshot when there is none
 * @param flags of the command line
 * @param context of the command
 * @returns exit code: 1 when a profile that was asked for could not be generated, the others being written
 * @throws what the stages throw; the output is then as it was
 */
export async function runGenerate(spec: string | undefined, flags: GenerateFlags, context: Context): Promise<number> {
  const start = context.now();
  // A folder that cannot be one is told at once, not after all the work.
  realFolder(outputOf(flags, context), machineDisk);
  const { snapshot, files, manifest, failed } = await produce(spec, flags, context);
  context.console.progress(`Writing ${many(files.length, 'file')}`);
  const written = await write(files, outputOf(flags, context));
  context.console.warn(written.warnings);
  const milliseconds = Math.round(context.now() - start);
  await context.console.summary(
    {
      command: 'generate',
      package: manifest.package,
      fhirVersion: manifest.fhirVersion,
      out: written.folder,
      profiles: { requested: snapshot.profiles.length, generated: manifest.profiles.length, failed },
      files: {
        total: files.length,
        written: written.written.length,
        unchanged: written.unchanged.length,
        removed: written.removed.length,
      },
      unresolved: manifest.unresolved,
      warnings: context.console.warnings,
      milliseconds,
    },
    [
      `${nameOf(manifest.package)}: ${many(snapshot.profiles.length - failed.length, 'profile')} and what they refer to, ` +
        `${many(manifest.profiles.length, 'model')} in ${written.folder}`,
      `${many(files.length, 'file')}: ${written.written.length} written, ${written.unchanged.length} unchanged, ` +
        `${written.removed.length} removed`,
      ...(manifest.unresolved.length === 0
        ? []
        : [`${many(manifest.unresolved.length, 'canonical')} unresolved, listed in manifest.json`]),
      `${many(context.console.warnings.length, 'warning')}, ${duration(milliseconds)}`,
    ],
  );
  reportFailed(failed, context);
  return failed.length > 0 ? 1 : 0;
}

/**
 * Generates in memory.
 *
 * @param spec of the package; the project's pinned snapshot when there is none
 * @param flags of the command line
 * @param context of the command
 */
export async function produce(spec: string | undefined, flags: GenerateFlags, context: Context): Promise<Production> {
  const snapshot = await snapshotOf(spec, flags.profile, flags, context);
  context.console.progress(`Generating ${nameOf(snapshot.package)}`);
  const generated = await context.stages.generate(snapshot, await readAssets(), context.project.identity);
  context.console.warn(generated.warnings);
  const done = new Set(generated.manifest.profiles.map(({ url }) => url));
  return { ...generated, snapshot, failed: snapshot.profiles.filter((url) => !done.has(url)) };
}

/**
 * The folder that a command is about.
 *
 * @param flags of the command line
 * @param context of the command
 */
export function outputOf(flags: GenerateFlags, context: Context): string {
  return flags.out === undefined ? context.project.output : resolve(context.cwd, flags.out);
}

/**
 * Says which profiles are missing, for `--quiet` too: the exit code alone would not tell.
 *
 * @param failed canonicals
 * @param context of the command
 */
export function reportFailed(failed: readonly string[], context: Context): void {
  for (const profile of failed) context.console.fail(`not generated: ${profile}; a warning says why`);
}

/**
 * A package in the notation of FHIR.
 *
 * @param identity its name and version
 */
export function nameOf(identity: { readonly name: string; readonly version: string }): string {
  return `${identity.name}#${identity.version}`;
}

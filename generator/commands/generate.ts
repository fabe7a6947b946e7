import type { Run } from '../config/plan.js';
import type { Generated } from '../generate.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import { readAssets } from '../render/assets.js';
import { machineDisk } from '../write/disk.js';
import { realFolder } from '../write/workplace.js';
import { write } from '../write/write.js';
import { duration, many, type Context, type SourceOptions } from './context.js';
import { type EachFlags, forEachRun, type RunTools } from './each.js';
import { snapshotOf } from './source.js';

/** Flags of `generate` and `check`. */
export interface GenerateFlags extends SourceOptions, EachFlags {}

/** What was made of a package, in memory. */
export interface Production extends Generated {
  readonly snapshot: PinnedSnapshot;
  /** The folder that it belongs into. */
  readonly folder: string;
  /** Profiles that were asked for and could not be generated; warnings say why. */
  readonly failed: readonly string[];
}

/**
 * Generates and writes.
 *
 * @param spec of the package; the packages of the configuration or the project's pinned snapshot when there is none
 * @param flags of the command line
 * @param context of the command
 * @returns exit code: 1 when a profile that was asked for could not be generated, the others being written
 * @throws what the stages throw; the output is then as it was
 */
export async function runGenerate(spec: string | undefined, flags: GenerateFlags, context: Context): Promise<number> {
  return forEachRun('generate', spec, flags, context, async (run, tools) => {
    const start = context.now();
    // A folder that cannot be one is told at once, not after all the work.
    if (run.out !== undefined) realFolder(run.out, machineDisk);
    const { snapshot, files, manifest, failed, folder } = await produce(run, flags, context, tools);
    context.console.progress(`Writing ${many(files.length, 'file')}`);
    const written = await write(files, folder);
    context.console.warn(written.warnings);
    const milliseconds = Math.round(context.now() - start);
    return {
      code: failed.length > 0 ? 1 : 0,
      summary: {
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
        warnings: tools.warnings(),
        milliseconds,
      },
      lines: [
        `${nameOf(manifest.package)}: ${many(snapshot.profiles.length - failed.length, 'profile')} and what they refer to, ` +
          `${many(manifest.profiles.length, 'model')} in ${written.folder}`,
        `${many(files.length, 'file')}: ${written.written.length} written, ${written.unchanged.length} unchanged, ` +
          `${written.removed.length} removed`,
        ...(manifest.unresolved.length === 0
          ? []
          : [`${many(manifest.unresolved.length, 'canonical')} unresolved, listed in manifest.json`]),
        `${many(tools.warnings().length, 'warning')}, ${duration(milliseconds)}`,
      ],
      isAsked: false,
      failed,
    };
  });
}

/**
 * Generates in memory.
 *
 * @param run what to generate
 * @param flags of the command line
 * @param context of the command
 * @param tools of the run
 */
export async function produce(
  run: Run,
  flags: GenerateFlags,
  context: Context,
  { unused, folderOf }: RunTools,
): Promise<Production> {
  try {
    const { profiles, patterns, options } = run;
    const onUsed = (texts: readonly string[]): void => unused.use(texts);
    const snapshot = await snapshotOf(run.spec, { profiles, patterns, onUsed }, flags, context);
    const folder = folderOf(snapshot.package.name);
    context.console.progress(`Generating ${nameOf(snapshot.package)}`);
    const generated = await context.stages.generate(snapshot, await readAssets(), context.project.identity, options);
    context.console.warn(generated.warnings);
    const done = new Set(generated.manifest.profiles.map(({ url }) => url));
    unused.use(done);
    unused.use(snapshot.valueSets.map(({ url }) => url));
    return { ...generated, snapshot, folder, failed: snapshot.profiles.filter((url) => !done.has(url)) };
  } finally {
    context.console.warn(unused.finish());
  }
}

/**
 * A package in the notation of FHIR.
 *
 * @param identity its name and version
 */
export function nameOf(identity: { readonly name: string; readonly version: string }): string {
  return `${identity.name}#${identity.version}`;
}

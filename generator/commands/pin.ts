import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { writeSingle } from '../write/single.js';
import { duration, many, type Context, type SourceOptions, surroundingsOf } from './context.js';
import { reportFailed } from './failed.js';
import { nameOf } from './generate.js';
import { isPinnedFile, snapshotOf } from '../run/source.js';

/** Flags of `pin`. */
export interface PinFlags extends SourceOptions {
  readonly profile: readonly string[];
  readonly out?: string;
  /** Packages whose profiles go into the same snapshot. */
  readonly also?: readonly string[];
}

/**
 * Writes the pinned snapshot of a package.
 *
 * @param spec the package
 * @param flags of the command line; `out` is a file
 * @param context of the command
 * @returns exit code: 1 when a requested profile could not be pinned; the others are written
 * @throws what the stages throw; the file is then unchanged
 */
export async function runPin(spec: string, flags: PinFlags, context: Context): Promise<number> {
  if (isPinnedFile(spec))
    throw new UsageError(`"${spec}" is a pinned snapshot: name the package that it was made from`);
  const start = context.now();
  const snapshot = await snapshotOf(
    spec,
    { also: flags.also, profiles: flags.profile },
    surroundingsOf(flags, context),
  );
  const path = flags.out === undefined ? context.project.pinnedOutput : resolve(context.cwd, flags.out);
  const text = await context.stages.serialize(snapshot);
  const result = writeSingle(path, text);
  const pinned = new Set(snapshot.structureDefinitions.map(({ url }) => url));
  const failed = snapshot.profiles.filter((url) => !pinned.has(url));
  const milliseconds = Math.round(context.now() - start);
  await context.console.summary(
    {
      command: 'pin',
      package: { name: snapshot.package.name, version: snapshot.package.version },
      fhirVersion: snapshot.fhirVersion,
      out: path,
      result,
      bytes: Buffer.byteLength(text),
      profiles: { requested: snapshot.profiles.length, failed },
      structureDefinitions: snapshot.structureDefinitions.length,
      valueSets: snapshot.valueSets.length,
      unresolved: snapshot.unresolved,
      warnings: context.console.warnings,
      milliseconds,
    },
    [
      `${nameOf(snapshot.package)}: ${many(snapshot.profiles.length - failed.length, 'profile')}, ` +
        `${many(snapshot.structureDefinitions.length, 'definition')} and ${many(snapshot.valueSets.length, 'value set')} ` +
        `${result === 'written' ? 'written to' : 'unchanged in'} ${path}`,
      `${many(context.console.warnings.length, 'warning')}, ${duration(milliseconds)}`,
    ],
  );
  reportFailed(failed, context);
  return failed.length > 0 ? 1 : 0;
}

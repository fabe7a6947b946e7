import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { comparedOf } from '../config/plan.js';
import type { OutputOptions } from '../config/plan.js';
import { CodegenError } from '../errors.js';
import type { PackageIdentity } from '../fhir/package-id.js';
import type { Library } from '../migrate/library.js';
import type { Renames } from '../migrate/renames.js';
import type { Left } from '../migrate/target.js';
import { foldersOf } from '../names/alias.js';
import { npmNameOf } from '../names/path.js';
import { ledgerIn } from '../run/ledger.js';
import { sideOf } from '../run/side.js';
import { type SingleFile, writeTogether } from '../write/together.js';
import { type Context, duration, many, slashed, type SourceOptions, surroundingsOf } from './context.js';
import { runsOf } from './each.js';
import { nameOf } from './generate.js';
import { namingOf } from './naming.js';
import { programFiles } from './program-files.js';

/** Flags of `migrate`. */
export interface MigrateFlags extends SourceOptions {
  /** Output folder that programs import by path. */
  readonly out?: string;
  /** npm name of the models; if absent, that of the configuration, or else the one derived from the guide. */
  readonly npmName?: string;
  /** Profiles, value sets, slices and packages of the old side, with their names on the new one. */
  readonly map?: readonly (readonly [string, string])[];
  readonly dryRun?: boolean;
}

/**
 * Updates programs to a new version of the guide: renames identifiers that have another name there, and changes import
 * paths. All files are written, or none.
 *
 * @param old the side that the programs were written for: a spec, a pinned file, an output folder, or
 *   `git:<revision>:<path>`
 * @param next the side to move to
 * @param paths files and folders of the programs; the current folder if empty
 * @param flags of the command line
 * @param context of the command
 * @returns exit code: 1 when names remain that have no replacement
 * @throws what the stages throw; the files are then unchanged
 */
export async function runMigrate(
  old: string,
  next: string,
  paths: readonly string[],
  flags: MigrateFlags,
  context: Context,
): Promise<number> {
  const start = context.now();
  const output = outputOf(flags, context);
  const files = filesOf(paths, output, context);
  const migration = await migrationOf([old, next], output, flags, context);
  const { changed, left } = await editsOf(files, migration, context);
  const isDry = flags.dryRun === true;
  if (!isDry) await writeTogether(changed, () => Promise.resolve());
  const milliseconds = Math.round(context.now() - start);
  await summarize(migration, { read: files.length, changed, left, isDry, milliseconds }, context);
  return left.length > 0 ? 1 : 0;
}

/** The models that programs import by path, and how they are named. */
interface Output {
  readonly folder: string;
  readonly options: OutputOptions;
}

function outputOf({ out }: MigrateFlags, context: Context): Output {
  const [run, ...others] = runsOf(undefined, { profile: [], ...(out === undefined ? {} : { out }) }, context);
  return {
    folder: run?.out ?? resolve(context.cwd, out ?? context.project.output),
    // Several outputs have no names in common.
    options: others.length === 0 ? (run?.options ?? {}) : {},
  };
}

function filesOf(paths: readonly string[], { folder }: Output, { cwd }: Context): readonly string[] {
  return programFiles(paths.length === 0 ? [cwd] : paths.map((path) => resolve(cwd, path)), folder);
}

/** The names that programs have to change, and how they import the models. */
interface Migration {
  readonly before: PackageIdentity;
  readonly after: PackageIdentity;
  readonly renames: Renames;
  readonly library: Library;
}

async function migrationOf(
  specs: readonly [old: string, next: string],
  { folder, options }: Output,
  flags: MigrateFlags,
  context: Context,
): Promise<Migration> {
  const surroundings = surroundingsOf(flags, context);
  const wanted = { profiles: [], patterns: comparedOf(specs, context.config, context.cwd) };
  const from = await sideOf(specs[0], wanted, surroundings);
  const to = await sideOf(specs[1], wanted, surroundings);
  const [before, after] = [from.snapshot, to.snapshot];
  const ledgers = { before: from.ledger ?? (await ledgerIn(folder)), after: to.ledger };
  const { naming } = namingOf(options, undefined);
  const { renames } = await context.stages.upgrade(before, after, { naming, ledgers, mapping: new Map(flags.map) });
  const { folders } = foldersOf(options.aliases ?? {});
  const npmName = flags.npmName ?? options.npmName;
  const library = {
    oldName: npmName ?? npmNameOf(before.package.name, folders),
    newName: npmName ?? npmNameOf(after.package.name, folders),
    folder: slashed(folder),
  };
  return { before: before.package, after: after.package, renames, library };
}

/** New texts of programs, and names in them that have no replacement. */
interface Edits {
  readonly changed: readonly SingleFile[];
  readonly left: readonly (Left & { readonly path: string })[];
}

async function editsOf(files: readonly string[], { renames, library }: Migration, { cwd }: Context): Promise<Edits> {
  const { migrated } = await import('../migrate/migrate.js');
  const changed: SingleFile[] = [];
  const left: (Left & { readonly path: string })[] = [];
  for (const path of files) {
    const bytes = await readFile(path);
    const text = bytes.toString('utf8');
    const result = migrated(slashed(path), text, renames, library);
    if (result.text !== text) {
      // Rewriting the file would lose characters of another encoding.
      if (!isUtf8(bytes)) throw new CodegenError(`${relative(cwd, path)} is not in UTF-8: convert it first`);
      changed.push({ path, content: result.text });
    }
    left.push(...result.left.map((one) => ({ ...one, path: relative(cwd, path) })));
  }
  return { changed, left };
}

/** What was done, or would be. */
interface Done extends Edits {
  /** How many files were read. */
  readonly read: number;
  readonly isDry: boolean;
  readonly milliseconds: number;
}

async function summarize(
  { before, after }: Migration,
  { read, changed, left, isDry, milliseconds }: Done,
  { cwd, console }: Context,
): Promise<void> {
  const names = changed.map(({ path }) => relative(cwd, path));
  await console.summary(
    {
      command: 'migrate',
      old: nameOf(before),
      new: nameOf(after),
      dryRun: isDry,
      files: { read, changed: names },
      left,
      milliseconds,
    },
    [
      ...names.map((name) => `${isDry ? 'would change' : 'changed'} ${name}`),
      ...left.map(({ path, line, name }) => `left: ${path}:${line}: ${name} no longer exists`),
      `${many(read, 'file')} read, ${changed.length} ${isDry ? 'to change' : 'changed'}, ` +
        `${many(left.length, 'name')} left, ${duration(milliseconds)}`,
    ],
    left.length > 0,
  );
}

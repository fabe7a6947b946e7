import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { comparedOf } from '../config/plan.js';
import type { OutputOptions } from '../config/plan.js';
import { CodegenError } from '../errors.js';
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
  /** Profiles and value sets of the old side, with their names on the new one. */
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
  const { cwd, console, stages } = context;
  const [run, ...others] = runsOf(
    undefined,
    { profile: [], ...(flags.out === undefined ? {} : { out: flags.out }) },
    context,
  );
  const options: OutputOptions = others.length === 0 ? (run?.options ?? {}) : {};
  const folder = run?.out ?? resolve(cwd, flags.out ?? context.project.output);
  const files = programFiles(paths.length === 0 ? [cwd] : paths.map((path) => resolve(cwd, path)), folder);
  const surroundings = surroundingsOf(flags, context);
  const wanted = { profiles: [], patterns: comparedOf([old, next], context.config, cwd) };
  const from = await sideOf(old, wanted, surroundings);
  const to = await sideOf(next, wanted, surroundings);
  const [before, after] = [from.snapshot, to.snapshot];
  const ledgers = { before: from.ledger ?? (await ledgerIn(folder)), after: to.ledger };
  const { naming } = namingOf(options, undefined);
  const { renames } = await stages.upgrade(before, after, { naming, ledgers, mapping: new Map(flags.map) });
  const { folders } = foldersOf(options.aliases ?? {});
  const npmName = flags.npmName ?? options.npmName;
  const library = {
    oldName: npmName ?? npmNameOf(before.package.name, folders),
    newName: npmName ?? npmNameOf(after.package.name, folders),
    folder: slashed(folder),
  };
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
  const isDry = flags.dryRun === true;
  if (!isDry) await writeTogether(changed, () => Promise.resolve());
  const milliseconds = Math.round(context.now() - start);
  const names = changed.map(({ path }) => relative(cwd, path));
  await console.summary(
    {
      command: 'migrate',
      old: nameOf(before.package),
      new: nameOf(after.package),
      dryRun: isDry,
      files: { read: files.length, changed: names },
      left,
      milliseconds,
    },
    [
      ...names.map((name) => `${isDry ? 'would change' : 'changed'} ${name}`),
      ...left.map(({ path, line, name }) => `left: ${path}:${line}: ${name} no longer exists`),
      `${many(files.length, 'file')} read, ${changed.length} ${isDry ? 'to change' : 'changed'}, ` +
        `${many(left.length, 'name')} left, ${duration(milliseconds)}`,
    ],
    left.length > 0,
  );
  return left.length > 0 ? 1 : 0;
}

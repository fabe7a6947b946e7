import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { readAssets } from '../assets.js';
import type { Upgrade } from '../bump-package.js';
import type { Run } from '../config/plan.js';
import { CodegenError, UsageError } from '../errors.js';
import { isObject } from '../fhir/json.js';
import type { Generated } from '../generate.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import { ledgerIn } from '../run/ledger.js';
import { isPinnedFile, snapshotOf, wantedOf } from '../run/source.js';
import type { Surroundings } from '../run/surroundings.js';
import { compare } from '../write/compare.js';
import { isAbsent } from '../write/disk.js';
import { type SingleFile, writeTogether } from '../write/together.js';
import { write } from '../write/write.js';
import { type Context, duration, many, slashed, type SourceOptions, surroundingsOf } from './context.js';
import { runsOf } from './each.js';
import { reportFailed } from './failed.js';
import { nameOf } from './generate.js';
import { isDirty } from './git.js';
import { namingOf } from './naming.js';

/** Flags of `bump`. */
export interface BumpFlags extends SourceOptions {
  readonly profile: readonly string[];
  readonly out?: string;
  /** Packages whose profiles go into the same output. */
  readonly also?: readonly string[];
  /** The pinned file; that of the project if absent. */
  readonly pinned?: string;
  /** Profiles and value sets of the old side, with their names on the new one. */
  readonly map?: readonly (readonly [string, string])[];
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Updates the pinned snapshot and its models to a new version of the guide, with an npm version that reflects what
 * changes for programs, and with CHANGELOG.md and MIGRATION.md of the generated package.
 *
 * @param spec the new version
 * @param flags of the command line
 * @param context of the command
 * @returns exit code: 1 when a profile could not be generated; the others are written
 * @throws UsageError when git has changes that are not committed; what the stages throw. All files are then unchanged
 */
export async function runBump(spec: string, flags: BumpFlags, context: Context): Promise<number> {
  if (isPinnedFile(spec)) throw new UsageError(`"${spec}" is a pinned snapshot: name the new package`);
  const isDry = flags.dryRun === true;
  if (!isDry && flags.force !== true) await checkGit(context);
  const start = context.now();
  const run = pinnedRun(flags, context);
  const path = pinnedPath(run, context);
  const surroundings = surroundingsOf(flags, context);
  const old = await snapshotOf(path, { profiles: [] }, surroundings);
  const next = await snapshotOf(spec, { also: flags.also, profiles: flags.profile }, surroundings);
  const plan = await planOf({ run, old, next, path, mapping: new Map(flags.map) }, surroundings);
  const { report } = plan.upgrade;
  const folder = plan.folder;
  const comparison = compare(plan.output.files, folder);
  const count = comparison.stale.length + comparison.missing.length + comparison.surplus.length;
  if (!isDry) {
    const written = await writeTogether(plan.singles, () => write(plan.output.files, folder));
    surroundings.listener.warn(written.warnings);
  }
  const milliseconds = Math.round(context.now() - start);
  await context.console.summary(
    {
      command: 'bump',
      old: report.before,
      new: report.after,
      npmVersion: plan.npmVersion,
      bump: report.bump,
      counts: report.counts,
      dryRun: isDry,
      out: folder,
      files: { changed: count, written: plan.singles.map((file) => file.path) },
      failed: plan.failed,
      warnings: context.console.warnings,
      milliseconds,
    },
    [
      `${nameOf(report.before)} → ${nameOf(report.after)}: ${report.counts.breaking} breaking, ` +
        `${report.counts.compatible} compatible, ${report.counts.documentation} documentation`,
      `npm version ${plan.npmVersion.before} → ${plan.npmVersion.after} (${report.bump})`,
      ...[...plan.singles.map((file) => file.path), `${folder}: ${many(count, 'file')}`].map(
        (line) => `${isDry ? 'would write' : 'wrote'} ${line}`,
      ),
      `${many(context.console.warnings.length, 'warning')}, ${duration(milliseconds)}`,
      ...nextSteps(plan, run, isDry, slashed(relative(context.cwd, path))),
    ],
  );
  reportFailed(plan.failed, context);
  return plan.failed.length > 0 ? 1 : 0;
}

async function checkGit({ cwd, console }: Context): Promise<void> {
  const dirty = await isDirty(cwd);
  if (dirty === true) {
    throw new UsageError('git has uncommitted changes: commit or stash them first, or use --force');
  }
  if (dirty === undefined) console.progress('This is not a git repository: git cannot show what changed');
}

/** The run that generates from the pinned file. */
function pinnedRun({ pinned, out }: BumpFlags, context: Context): Run {
  const [run, ...others] = runsOf(pinned, { profile: [], ...(out === undefined ? {} : { out }) }, context);
  if (run !== undefined && others.length === 0 && (run.spec === undefined || isPinnedFile(run.spec))) return run;
  throw new UsageError('bump needs a pinned file, but the configuration names packages: name the file with --pinned');
}

function pinnedPath({ spec }: Run, { project, cwd }: Context): string {
  if (spec !== undefined) return resolve(cwd, spec);
  if (project.pinned === project.pinnedOutput) return project.pinned;
  throw new CodegenError('this project has no pinned snapshot: create one with: pin <package>');
}

/** Everything that the command writes, computed before it writes anything. */
interface Plan {
  readonly upgrade: Upgrade;
  readonly output: Generated;
  readonly folder: string;
  readonly singles: readonly SingleFile[];
  readonly npmVersion: { readonly before: string; readonly after: string };
  readonly failed: readonly string[];
}

interface Versions {
  readonly run: Run;
  readonly old: PinnedSnapshot;
  readonly next: PinnedSnapshot;
  /** The pinned file. */
  readonly path: string;
  readonly mapping: ReadonlyMap<string, string>;
}

async function planOf({ run, old, next, path, mapping }: Versions, surroundings: Surroundings): Promise<Plan> {
  const { stages, project, listener } = surroundings;
  const folder = run.out ?? run.parent;
  const text = await stages.serialize(next);
  const wanted = { profiles: run.profiles, patterns: run.patterns };
  const before = await wantedOf(old, wanted, path, stages);
  const after = await wantedOf(await stages.parse(text, path), wanted, path, stages);
  const ledger = await ledgerIn(folder);
  const upgrade = await stages.upgrade(before, after, { ...namingOf(run.options, ledger), mapping });
  const [{ nextVersion }, { changelogSection }, { migrationSection }, { withSection }, { changedNames }] =
    await Promise.all([
      import('../bump/version.js'),
      import('../bump/changelog.js'),
      import('../bump/migration.js'),
      import('../markdown.js'),
      import('../migrate/renames.js'),
    ]);
  const hasChanges = upgrade.report.bump !== 'none';
  const current = (await npmVersionIn(folder)) ?? run.options.npmVersion ?? old.package.version;
  const version = nextVersion(current, upgrade.report.bump);
  listener.progress(`Generating ${nameOf(next.package)}`);
  const kept = ledger ?? { profiles: new Map(), valueSets: new Map() };
  const output = await stages.generate(after, await readAssets(), project.identity, {
    ...run.options,
    // Without changes, there is no new version to record.
    ...(hasChanges ? { npmVersion: version, ledger: { ...kept, npmVersion: version } } : { ledger }),
  });
  listener.warn(output.warnings);
  const release = { version, report: upgrade.report };
  const notes = migrationSection({
    ...release,
    renames: changedNames(upgrade.renames),
    differences: upgrade.differences,
    command: `npx fhir-profile-codegen ${migrateCommand(upgrade)}`,
  });
  const [changelog, migration] = [join(folder, 'CHANGELOG.md'), join(folder, 'MIGRATION.md')];
  const singles = [
    { path, content: text },
    ...(hasChanges
      ? [{ path: changelog, content: withSection(await textIn(changelog), 'Changelog', changelogSection(release)) }]
      : []),
    ...(notes === undefined
      ? []
      : [{ path: migration, content: withSection(await textIn(migration), 'Migration', notes) }]),
  ];
  const done = new Set(output.manifest.profiles.map(({ url }) => url));
  const failed = after.profiles.filter((url) => !done.has(url));
  return { upgrade, output, folder, singles, npmVersion: { before: current, after: version }, failed };
}

function migrateCommand({ report }: Upgrade): string {
  return `migrate ${nameOf(report.before)} ${nameOf(report.after)} src`;
}

function nextSteps({ upgrade, npmVersion }: Plan, run: Run, isDry: boolean, pinned: string): readonly string[] {
  if (isDry) return ['nothing was written: run bump without --dry-run to write it'];
  const { npmVersion: configured } = run.options;
  return [
    ...(configured === undefined || configured === npmVersion.after
      ? []
      : [`next: set npmVersion in the configuration to ${npmVersion.after}; it takes precedence`]),
    ...(upgrade.report.counts.breaking > 0
      ? [`next: in programs that use the models: npx fhir-profile-codegen migrate git:HEAD:${pinned} ${pinned} src`]
      : []),
    `next: run your tests, look at git diff, then: git add -A && git commit -m "${nameOf(upgrade.report.after)}"`,
  ];
}

async function npmVersionIn(folder: string): Promise<string | undefined> {
  const text = await textIn(join(folder, 'package.json'));
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const version = isObject(value) ? value['version'] : undefined;
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

async function textIn(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw new CodegenError(`'${path}' cannot be read`, {}, { cause: error });
  }
}

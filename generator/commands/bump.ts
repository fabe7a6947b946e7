import { relative, resolve } from 'node:path';
import type { Run } from '../config/plan.js';
import { CodegenError, UsageError } from '../errors.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import { isPinnedFile, snapshotOf } from '../run/source.js';
import type { Surroundings } from '../run/surroundings.js';
import { compare } from '../write/compare.js';
import { writeTogether } from '../write/together.js';
import { write } from '../write/write.js';
import { type BumpPlan, type BumpVersions, planOf } from './bump-plan.js';
import { type Context, duration, many, slashed, type SourceOptions, surroundingsOf } from './context.js';
import { runsOf } from './each.js';
import { reportFailed } from './failed.js';
import { nameOf } from './generate.js';
import { isDirty } from './git.js';
import { aboutKept, checkIsOfGuide, otherGuideLines, otherGuidesOf } from './other-guides.js';

/** Flags of `bump`. */
export interface BumpFlags extends SourceOptions {
  readonly profile: readonly string[];
  readonly out?: string;
  /** Packages whose profiles go into the same output; those that the snapshot was pinned from if absent. */
  readonly also?: readonly string[];
  /** The pinned file; that of the project if absent. */
  readonly pinned?: string;
  /** Profiles, value sets, slices and packages of the old side, with their names on the new one. */
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
 * @throws UsageError when git has changes that are not committed, or the new version belongs to another guide of the
 *   snapshot; what the stages throw. All files are then unchanged
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
  const next = await nextOf(spec, flags, { old, path }, surroundings);
  const plan = await planOf({ run, old, next, path, mapping: new Map(flags.map) }, surroundings);
  const comparison = compare(plan.output.files, plan.folder);
  if (!isDry) {
    const written = await writeTogether(plan.singles, () => write(plan.output.files, plan.folder));
    surroundings.listener.warn(written.warnings);
  }
  await summarize(
    plan,
    {
      isDry,
      next,
      changed: comparison.stale.length + comparison.missing.length + comparison.surplus.length,
      milliseconds: Math.round(context.now() - start),
      guides: otherGuideLines(old, next, flags.also === undefined),
      steps: nextSteps(plan, run, isDry, slashed(relative(context.cwd, path))),
    },
    context,
  );
  reportFailed(plan.failed, context);
  return plan.failed.length > 0 ? 1 : 0;
}

/** The snapshot of the new version, with the other guides: those that the user names, or else those of the old snapshot. */
async function nextOf(
  spec: string,
  flags: BumpFlags,
  { old, path }: Pick<BumpVersions, 'old' | 'path'>,
  surroundings: Surroundings,
): Promise<PinnedSnapshot> {
  const { profile: profiles, also } = flags;
  if (also !== undefined) return snapshotOf(spec, { also, profiles }, surroundings);
  const kept = otherGuidesOf(old, path);
  try {
    const next = await snapshotOf(spec, { ...(kept.length > 0 && { also: kept }), profiles }, surroundings);
    checkIsOfGuide(old, next);
    return next;
  } catch (error) {
    throw aboutKept(error, kept);
  }
}

/** What was done, or would be. */
interface Done {
  readonly isDry: boolean;
  readonly next: PinnedSnapshot;
  /** Files of the output that change. */
  readonly changed: number;
  readonly milliseconds: number;
  /** Lines about other guides in the snapshot, and about the next steps. */
  readonly guides: readonly string[];
  readonly steps: readonly string[];
}

async function summarize(
  { upgrade: { report }, npmVersion, folder, singles, failed }: BumpPlan,
  { isDry, next, changed, milliseconds, guides, steps }: Done,
  { console }: Context,
): Promise<void> {
  const paths = singles.map((file) => file.path);
  await console.summary(
    {
      command: 'bump',
      old: report.before,
      new: report.after,
      also: next.also ?? [],
      npmVersion,
      bump: report.bump,
      counts: report.counts,
      dryRun: isDry,
      out: folder,
      files: { changed, written: paths },
      failed,
      warnings: console.warnings,
      milliseconds,
    },
    [
      `${nameOf(report.before)} → ${nameOf(report.after)}: ${report.counts.breaking} breaking, ` +
        `${report.counts.compatible} compatible, ${report.counts.documentation} documentation`,
      ...guides,
      `npm version ${npmVersion.before} → ${npmVersion.after} (${report.bump})`,
      ...[...paths, `${folder}: ${many(changed, 'file')}`].map((line) => `${isDry ? 'would write' : 'wrote'} ${line}`),
      `${many(console.warnings.length, 'warning')}, ${duration(milliseconds)}`,
      ...steps,
    ],
  );
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

function nextSteps({ upgrade, npmVersion }: BumpPlan, run: Run, isDry: boolean, pinned: string): readonly string[] {
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

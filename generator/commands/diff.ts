import { comparedOf } from '../config/plan.js';
import { CodegenError, UsageError } from '../errors.js';
import { readAssets } from '../assets.js';
import type { Impact } from '../diff/change.js';
import type { ReportFormat, ReportTemplates } from '../diff/format.js';
import { lastSegment, withoutVersion } from '../fhir/canonical.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import { type Context, type SourceOptions, surroundingsOf } from './context.js';
import { nearest } from '../pin/nearest.js';
import { sideOf } from '../run/side.js';
import { runsOf } from './each.js';
import { namingOf } from './naming.js';
import { screenOf } from './terminal.js';

/** Flags of `diff`. */
export interface DiffFlags extends SourceOptions {
  readonly format: ReportFormat;
  readonly failOn?: 'breaking';
  /** Profiles, value sets, slices and packages of the old side, with their names on the new one. */
  readonly map?: readonly (readonly [string, string])[];
  /** Check the verdicts with the compiler. */
  readonly prove?: boolean;
  /** Canonicals, ids or names of the profiles to report on; all if absent. */
  readonly profile?: readonly string[];
  /** Impacts whose changes are listed; all if absent. */
  readonly impact?: readonly Impact[];
  /** Show everything, even if it is longer than a screen. */
  readonly all?: boolean;
}

/**
 * Prints what changed between two packages or pinned files, and whether it breaks programs that use the models. For a
 * package in the configuration, only the profiles selected there are compared.
 *
 * @param old the side that programs were written for: a spec, a pinned file, an output folder, or
 *   `git:<revision>:<path>`
 * @param next the side to move to
 * @param flags of the command line
 * @param context of the command
 * @returns exit code: 1 when `--fail-on breaking` found a breaking change, or the compiler disagrees with a verdict
 * @throws UsageError when neither side has a profile of `--profile`; what the stages throw
 */
export async function runDiff(old: string, next: string, flags: DiffFlags, context: Context): Promise<number> {
  const wanted = { profiles: [], patterns: comparedOf([old, next], context.config, context.cwd) };
  const from = await sideOf(old, wanted, surroundingsOf(flags, context));
  const to = await sideOf(next, wanted, surroundingsOf(flags, context));
  const [before, after] = [from.snapshot, to.snapshot];
  for (const profile of flags.profile ?? []) checkProfile(profile, [before, after]);
  const [{ reportOf }, { formatReport }, { proofLines }] = await Promise.all([
    import('../diff/report.js'),
    import('../diff/format.js'),
    import('../diff/proof.js'),
  ]);
  // Use the names, aliases and code limit of the output; several outputs have none in common.
  const [run, ...others] = runsOf(undefined, { profile: [] }, context);
  const { naming } = namingOf(others.length === 0 ? (run?.options ?? {}) : {}, undefined);
  const options = { naming, mapping: new Map(flags.map), ledgers: { before: from.ledger, after: to.ledger } };
  const proven =
    flags.prove === true ? await context.stages.prove(before, after, await readAssets(), options) : undefined;
  const comparison = proven ?? (await context.stages.diff(before, after, options));
  const proof = proven?.proof;
  const report = reportOf(before, after, comparison.changes, {
    filter: { profiles: flags.profile, impacts: flags.impact },
    get declarations() {
      return comparison.declarations;
    },
    proof,
  });
  const isWhole = flags.all === true || flags.profile !== undefined || flags.impact !== undefined;
  const screen = screenOf(context.console.terminal);
  context.console.result(formatReport(report, flags.format, await templates(), { isWhole, screen }));
  const isDisproved = proof !== undefined && proof.disagreements.length > 0;
  if (isDisproved && flags.format !== 'text' && flags.format !== 'json') {
    for (const line of proofLines(proof)) context.console.fail(line);
  }
  return isDisproved || (flags.failOn === 'breaking' && report.counts.breaking > 0) ? 1 : 0;
}

/** A mistyped name would look like a profile that did not change. */
function checkProfile(profile: string, sides: readonly PinnedSnapshot[]): void {
  const name = withoutVersion(profile);
  const definitions = sides.flatMap(({ structureDefinitions }) => structureDefinitions);
  if (definitions.some((one) => one.url === name || lastSegment(one.url) === name || one.name === name)) return;
  const profiles = definitions.filter(({ derivation }) => derivation === 'constraint');
  const near = nearest(
    name,
    profiles.flatMap((one) => [lastSegment(one.url), one.name]),
  );
  const hint = near.length === 0 ? 'list shows the profiles of a package' : `did you mean ${near.join(' or ')}?`;
  throw new UsageError(`neither side has a profile "${profile}": ${hint}`);
}

async function templates(): Promise<ReportTemplates> {
  const { templates, pages } = await readAssets();
  const template = templates.get('report-html');
  const [style, script] = [pages.get('report-html.css'), pages.get('report-html.js')];
  if (template === undefined || style === undefined || script === undefined) {
    throw new CodegenError('the template of the report is missing: reinstall the package');
  }
  return { html: { template, style, script } };
}

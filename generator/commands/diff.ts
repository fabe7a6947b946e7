import { comparedOf } from '../config/plan.js';
import { CodegenError } from '../errors.js';
import { readAssets } from '../assets.js';
import type { ReportFormat, ReportTemplates } from '../diff/format.js';
import { type Context, type SourceOptions, surroundingsOf } from './context.js';
import { sideOf } from '../run/side.js';

/** Flags of `diff`. */
export interface DiffFlags extends SourceOptions {
  readonly format: ReportFormat;
  readonly failOn?: 'breaking';
  /** Profiles and value sets of the old side, and what they are called on the new one. */
  readonly map?: readonly (readonly [string, string])[];
  /** Ask the compiler whether the verdicts are right. */
  readonly prove?: boolean;
}

/**
 * Prints what changed between two packages or pinned files, and whether it breaks programs that use the models. Of a
 * package in the configuration the profiles count that are wanted there.
 *
 * @param old what they were written for: a spec, a pinned file, an output folder, or `git:<revision>:<path>`
 * @param next what they shall move to
 * @param flags of the command line
 * @param context of the command
 * @returns exit code: 1 when `--fail-on breaking` found a breaking change, or the compiler disagrees with a verdict
 * @throws what the stages throw
 */
export async function runDiff(old: string, next: string, flags: DiffFlags, context: Context): Promise<number> {
  const wanted = { profiles: [], patterns: comparedOf([old, next], context.config, context.cwd) };
  const from = await sideOf(old, wanted, surroundingsOf(flags, context));
  const to = await sideOf(next, wanted, surroundingsOf(flags, context));
  const [before, after] = [from.snapshot, to.snapshot];
  const [{ reportOf }, { formatReport }, { proofLines }] = await Promise.all([
    import('../diff/report.js'),
    import('../diff/format.js'),
    import('../diff/proof.js'),
  ]);
  const options = { mapping: new Map(flags.map), ledgers: { before: from.ledger, after: to.ledger } };
  const { changes, declarations, proof } =
    flags.prove === true
      ? await context.stages.prove(before, after, await readAssets(), options)
      : { ...(await context.stages.diff(before, after, options)), proof: undefined };
  const report = reportOf(before, after, changes, { declarations, proof });
  context.console.result(formatReport(report, flags.format, await templates()));
  const isDisproved = proof !== undefined && proof.disagreements.length > 0;
  if (isDisproved && flags.format !== 'text' && flags.format !== 'json') {
    for (const line of proofLines(proof)) context.console.fail(line);
  }
  return isDisproved || (flags.failOn === 'breaking' && report.counts.breaking > 0) ? 1 : 0;
}

async function templates(): Promise<ReportTemplates> {
  const texts = (await readAssets()).templates;
  const [markdown, html] = [texts.get('report-markdown'), texts.get('report-html')];
  if (markdown === undefined || html === undefined) {
    throw new CodegenError('the templates of the report are not there: install the package again');
  }
  return { markdown, html };
}

import { produceEach, type Production } from '../run/produce.js';
import { compare, type Comparison } from '../write/compare.js';
import { machineDisk, readOnce } from '../write/disk.js';
import { many, type Context, surroundingsOf } from './context.js';
import { runsOf, reportEach, type CommandResult } from './each.js';
import { nameOf, type GenerateFlags } from './generate.js';

/** A package, and its output folder. */
interface Checked extends Production {
  readonly comparison: Comparison;
  readonly milliseconds: number;
}

/**
 * Compares the output folders with what `generate` would write, and writes nothing.
 *
 * @param spec the package; the packages of the configuration or the project's pinned snapshot when there is none
 * @param flags of the command line
 * @param context of the command
 * @returns exit code: 1 when they differ, or a requested profile cannot be generated
 * @throws what the stages throw
 */
export async function runCheck(spec: string | undefined, flags: GenerateFlags, context: Context): Promise<number> {
  const start = context.now();
  const runs = runsOf(spec, flags, context);
  // Both comparisons, of the record and of the output folder, read the same files: each is read once.
  const disk = readOnce(machineDisk);
  const surroundings = { ...surroundingsOf(flags, context), disk };
  const outcomes = await produceEach(runs, surroundings, async ({ produce }): Promise<Checked> => {
    const begin = context.now();
    const production = await produce();
    const comparison = compare(production.files, production.folder, disk);
    return { ...production, comparison, milliseconds: Math.round(context.now() - begin) };
  });
  return reportEach('check', outcomes, context, start, resultOf);
}

function resultOf(checked: Checked, warnings: readonly string[]): CommandResult {
  const { files, manifest, failed, folder, milliseconds } = checked;
  const { stale, missing, surplus, current, interrupted } = checked.comparison;
  const differing = stale.length + missing.length + surplus.length;
  const isCurrent = differing === 0 && !interrupted;
  return {
    code: isCurrent && failed.length === 0 ? 0 : 1,
    summary: {
      command: 'check',
      package: manifest.package,
      out: folder,
      current: isCurrent,
      stale,
      missing,
      surplus,
      interrupted,
      files: { total: files.length, current: current.length },
      failed,
      warnings,
      milliseconds,
    },
    lines: [
      ...stale.map((path) => `stale ${path}`),
      ...missing.map((path) => `missing ${path}`),
      ...surplus.map((path) => `surplus ${path}`),
      ...(interrupted ? ['a run was interrupted while replacing files: generate completes it'] : []),
      isCurrent
        ? `${folder} is current: ${many(files.length, 'file')} of ${nameOf(manifest.package)}`
        : `${folder} is not current: ${stale.length} stale, ${missing.length} missing, ${surplus.length} surplus; ` +
          'generate updates it, except files that it did not write',
    ],
    isResult: !isCurrent,
    failed,
  };
}

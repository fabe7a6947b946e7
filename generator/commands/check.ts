import { compare } from '../write/compare.js';
import { many, type Context } from './context.js';
import { forEachRun } from './each.js';
import { nameOf, produce, type GenerateFlags } from './generate.js';

/**
 * Compares the output folders with what `generate` would write, and writes nothing.
 *
 * @param spec of the package; the packages of the configuration or the project's pinned snapshot when there is none
 * @param flags of the command line
 * @param context of the command
 * @returns exit code: 1 when they differ, or a profile that was asked for cannot be generated
 * @throws what the stages throw
 */
export async function runCheck(spec: string | undefined, flags: GenerateFlags, context: Context): Promise<number> {
  return forEachRun('check', spec, flags, context, async (run, tools) => {
    const start = context.now();
    const { files, manifest, failed, folder } = await produce(run, flags, context, tools);
    const { stale, missing, surplus, current, interrupted } = compare(files, folder);
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
        warnings: tools.warnings(),
        milliseconds: Math.round(context.now() - start),
      },
      lines: [
        ...stale.map((path) => `stale ${path}`),
        ...missing.map((path) => `missing ${path}`),
        ...surplus.map((path) => `surplus ${path}`),
        ...(interrupted ? ['a run was interrupted while it swapped the files: generate finishes it'] : []),
        isCurrent
          ? `${folder} is current: ${many(files.length, 'file')} of ${nameOf(manifest.package)}`
          : `${folder} is not current: ${stale.length} stale, ${missing.length} missing, ${surplus.length} surplus; ` +
            'generate brings it up to date, but for files that it did not write',
      ],
      isAsked: !isCurrent,
      failed,
    };
  });
}

import type { Run } from '../config/plan.js';
import { machineDisk } from '../write/disk.js';
import { realFolder } from '../write/workplace.js';
import { write, type Written } from '../write/write.js';
import { type Outcome, produceEach, type Production } from './produce.js';
import type { Surroundings } from './surroundings.js';

/** The result for a package. */
export interface GeneratedPackage extends Production {
  /** The changes to its folder; absent when nothing is written. */
  readonly written?: Written | undefined;
  readonly milliseconds: number;
}

/**
 * Generates packages and writes them.
 *
 * @param runs what to generate
 * @param surroundings the environment of all runs
 * @param isWritten whether to update the output folders; if not, nothing on disk changes
 * @returns an outcome for each run: one that fails leaves its folder unchanged and does not stop the others
 * @throws UsageError when two packages would be written into one folder
 */
export async function generateEach(
  runs: readonly Run[],
  surroundings: Surroundings,
  isWritten: boolean,
): Promise<readonly Outcome<GeneratedPackage>[]> {
  return produceEach(runs, surroundings, async ({ run, listener, produce }) => {
    const start = surroundings.now();
    // A path that cannot be a folder is reported at once, not after all the work.
    if (isWritten && run.out !== undefined) realFolder(run.out, machineDisk);
    const production = await produce();
    const { files, folder } = production;
    let written: Written | undefined;
    if (isWritten) {
      listener.progress(`Writing ${files.length} file${files.length === 1 ? '' : 's'}`);
      written = await write(files, folder);
      listener.warn(written.warnings);
    }
    return { ...production, written, milliseconds: Math.round(surroundings.now() - start) };
  });
}

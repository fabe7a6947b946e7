import type { Run } from '../config/plan.js';
import { machineDisk } from '../write/disk.js';
import { realFolder } from '../write/workplace.js';
import { write, type Written } from '../write/write.js';
import { type Outcome, produceEach, type Production } from './produce.js';
import type { Surroundings } from './surroundings.js';

/** The result for a package. */
export interface GeneratedPackage extends Production {
  /** The changes of its folder; absent when it was not to be written. */
  readonly written?: Written | undefined;
  readonly milliseconds: number;
}

/**
 * Generates packages and writes them.
 *
 * @param runs what to generate
 * @param surroundings of all runs
 * @param isWritten whether the output folders are brought up to date; the disk stays as it is otherwise
 * @returns an outcome for each run: one that fails leaves its folder as it was and does not stop the others
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

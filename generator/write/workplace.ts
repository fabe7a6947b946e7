import { basename, dirname, join } from 'node:path';
import { CodegenError } from '../errors.js';
import type { Disk } from './disk.js';
import { diskReason, errorCode } from './disk.js';

/**
 * Where a run prepares what it swaps in: next to the output folder, on the same disk, so that renames can swap them.
 * The names are fixed, as the next run has to find what a killed one left.
 */
export interface Workplace {
  /** The output folder, without symbolic links. */
  readonly output: string;
  /** Held by the one run that may write. */
  readonly lock: string;
  /** Everything below; exists only during a run. */
  readonly root: string;
  /** The new files. */
  readonly fresh: string;
  /** What they replace, until the swap is done. */
  readonly former: string;
  /** The steps of the swap; exists from before the first step until after the last. */
  readonly journal: string;
  /** The journal's name once the swap is done and only the former files remain to be deleted. */
  readonly done: string;
}

/**
 * The places where a run may work, the preferred one first: beside the output folder, or inside it, where the folder
 * above is read-only or another disk (a volume of a container).
 *
 * @param output the output folder, without symbolic links
 */
export function workplaces(output: string): readonly [beside: Workplace, inside: Workplace] {
  return [
    workplace(output, join(dirname(output), `.${basename(output)}.fhir-profile-codegen`)),
    workplace(output, join(output, '.fhir-profile-codegen')),
  ];
}

function workplace(output: string, root: string): Workplace {
  return {
    output,
    lock: `${root}.lock`,
    root,
    fresh: join(root, 'new'),
    former: join(root, 'old'),
    journal: join(root, 'journal.json'),
    done: join(root, 'done.json'),
  };
}

/**
 * Whether a run was killed in the middle of its swap.
 *
 * @param place where it worked
 * @param disk the file system
 */
export function isInterrupted(place: Workplace, disk: Disk): boolean {
  return entryOrNothing(place.journal, disk) !== undefined;
}

/**
 * Whether a run is at work or left anything behind, finished or not.
 *
 * @param place where it worked
 * @param disk the file system
 */
export function isLeftBehind(place: Workplace, disk: Disk): boolean {
  return entryOrNothing(place.root, disk) !== undefined || entryOrNothing(place.lock, disk) !== undefined;
}

/**
 * An output folder without symbolic links: the user's own link is followed, so that the swap happens where it leads.
 *
 * @param folder absolute path; it need not exist
 * @param disk the file system
 * @throws CodegenError when something other than a folder is there
 */
export function realFolder(folder: string, disk: Disk): string {
  try {
    const real = disk.entry(folder) === undefined ? realAncestor(folder, disk) : disk.real(folder);
    const kind = disk.entry(real)?.kind ?? 'folder';
    if (kind !== 'folder')
      throw new CodegenError(`the output '${folder}' is a ${kind}, not a folder: choose another; nothing was written`);
    return real;
  } catch (error) {
    if (error instanceof CodegenError) throw error;
    const why = errorCode(error) === 'ENOENT' ? 'a symbolic link in the path is broken' : diskReason(error);
    throw new CodegenError(
      `the output folder '${folder}' cannot be used: ${why}; nothing was written`,
      {},
      { cause: error },
    );
  }
}

/** The deepest existing folder of the path, without links, followed by the parts that do not exist yet. */
function realAncestor(folder: string, disk: Disk): string {
  const parent = dirname(folder);
  if (parent === folder) return folder;
  const above = disk.entry(parent) === undefined ? realAncestor(parent, disk) : disk.real(parent);
  return join(above, basename(folder));
}

function entryOrNothing(path: string, disk: Disk): ReturnType<Disk['entry']> {
  try {
    return disk.entry(path);
  } catch {
    // Not accessible (EACCES, ENOTDIR): then no run has worked there.
    return undefined;
  }
}

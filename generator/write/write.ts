import { dirname, join, resolve } from 'node:path';
import type { Warning } from '../errors.js';
import { CodegenError } from '../errors.js';
import type { Disk } from './disk.js';
import { diskReason, errorCode, machineDisk } from './disk.js';
import type { GeneratedFile } from '../render/file.js';
import type { LockOptions } from './lock.js';
import { Lock } from './lock.js';
import { recordFiles } from './ownership.js';
import { checkPaths, foldersOf } from './path.js';
import { prepare } from './plan.js';
import { PartlySwapped, carryOut, clearAway, finish } from './swap.js';
import type { Survey } from './survey.js';
import { survey } from './survey.js';
import type { Workplace } from './workplace.js';
import { isLeftBehind, realFolder, workplaces } from './workplace.js';

/** The changes of a run to the output folder; all lists sorted. */
export interface Written {
  /** The output folder, absolute. */
  readonly folder: string;
  readonly written: readonly string[];
  /** Files that were up to date: they keep their modification time. */
  readonly unchanged: readonly string[];
  /** Files of earlier runs that are no longer part of the output. */
  readonly removed: readonly string[];
  readonly warnings: readonly Warning[];
}

/** How write works; users need the defaults only, tests need the rest. */
export interface WriteOptions extends LockOptions {
  readonly disk?: Disk;
}

/**
 * Updates an output folder to the given files: all of them, or none.
 *
 * The new files are prepared in a sibling of the folder and swapped in by renames, a whole folder at a time where
 * everything in it was generated. When a step fails, those before it are undone. A run that is killed before the first
 * rename leaves the old output; after the last, the new one; in the fractions of a millisecond between, a journal from
 * which the next run completes the swap before it does anything else. Runs into one folder wait for each other.
 *
 * Only files that the manifest in the folder lists are replaced or removed. A user's file at a path of the output is
 * renamed to a name that ends in `.orig`, with a warning; all other files of users stay as they are.
 *
 * @param files the output
 * @param folder the output folder; created with the folders above it. A symbolic link to a folder is followed
 * @param options how to work
 * @throws CodegenError when a path cannot be written on every system (nothing is touched then) or the disk reports an error; the
 *   message states the condition of the output
 */
export async function write(
  files: readonly GeneratedFile[],
  folder: string,
  options: WriteOptions = {},
): Promise<Written> {
  const disk = options.disk ?? machineDisk;
  const output = recordFiles(files);
  checkPaths(output.map((file) => file.path));
  const root = realFolder(resolve(folder), disk);
  const progress: Progress = { finished: false };
  try {
    const found = survey(output, root, disk);
    const leftBehind = workplaces(root).some((place) => isLeftBehind(place, disk));
    // An output that is up to date needs no permission to write: it may be read-only.
    if (!leftBehind && isCurrent(found)) return summary(found, root, []);
    return await locked(output, root, disk, options, progress);
  } catch (error) {
    throw stated(error, root, stateOf(root, progress, disk));
  }
}

/** What a run has done so far, for the message when it fails. */
interface Progress {
  /** Whether it completed the swap of an earlier run that was killed. */
  finished: boolean;
}

/** The work of the run that holds the lock. */
async function locked(
  files: readonly GeneratedFile[],
  root: string,
  disk: Disk,
  options: LockOptions,
  progress: Progress,
): Promise<Written> {
  const created = disk.makeFolder(dirname(root));
  try {
    const { place, lock } = await workAt(root, disk, options);
    try {
      return underLock(files, place, lock, disk, progress);
    } finally {
      lock.release();
    }
  } catch (error) {
    // Remove the folders that were created for an output that was not written.
    if (created !== undefined && isMissing(root, disk)) removeEmpty(dirname(root), created, disk);
    throw error;
  }
}

function underLock(
  files: readonly GeneratedFile[],
  place: Workplace,
  lock: Lock,
  disk: Disk,
  progress: Progress,
): Written {
  const warnings: Warning[] = [];
  const root = place.output;
  for (const other of workplaces(root)) {
    if (disk.entry(other.root) !== undefined && finish(other, disk)) {
      progress.finished = true;
      warnings.push(warning(`an earlier run into '${root}' was interrupted while replacing files: it is now complete`));
    }
  }
  const found = survey(files, root, disk);
  if (isCurrent(found)) return summary(found, root, warnings);
  const kept = swapIn(found, place, lock, disk);
  for (const { path, as } of kept) {
    warnings.push(warning(`'${path}' in '${root}' was not written by the generator: kept as '${as}'`));
  }
  try {
    clearAway(place, disk);
    for (const path of found.surplus) {
      const above = foldersOf(path)[0];
      if (above !== undefined) removeEmpty(join(root, dirname(path)), join(root, above), disk);
    }
  } catch (error) {
    warnings.push(
      warning(`the new output is complete, but '${place.root}' could not be deleted: ${diskReason(error)}`),
    );
  }
  return summary(found, root, warnings);
}

/**
 * Prepares and swaps; on failure the workplace is deleted, unless it contains what the next run needs to complete the
 * swap.
 */
function swapIn(found: Survey, place: Workplace, lock: Lock, disk: Disk): ReturnType<typeof prepare>['kept'] {
  try {
    const plan = prepare(found, place, disk);
    if (!lock.isHeld()) throw new CodegenError('another run took over the output folder: run again');
    carryOut(plan, place, disk);
    return plan.kept;
  } catch (error) {
    if (disk.entry(place.journal) === undefined) {
      try {
        disk.removeTree(place.root);
      } catch {
        // Report the first error; the next run removes what remains.
      }
    }
    throw error;
  }
}

/** Beside the output folder, or inside it where the folder above is read-only or another disk. */
async function workAt(root: string, disk: Disk, options: LockOptions): Promise<{ place: Workplace; lock: Lock }> {
  const [beside, inside] = workplaces(root);
  const device = disk.entry(root)?.device;
  if (device === undefined || device === disk.entry(dirname(root))?.device) {
    try {
      return { place: beside, lock: await Lock.take(beside.lock, disk, options) };
    } catch (error) {
      const readOnly = ['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '');
      if (device === undefined || !readOnly) throw error;
    }
  }
  return { place: inside, lock: await Lock.take(inside.lock, disk, options) };
}

function isCurrent(found: Survey): boolean {
  return found.surplus.length === 0 && [...found.wanted.values()].every((file) => file.state === 'same');
}

function summary(found: Survey, folder: string, warnings: readonly Warning[]): Written {
  const written: string[] = [];
  const unchanged: string[] = [];
  for (const [path, file] of found.wanted) (file.state === 'same' ? unchanged : written).push(path);
  return { folder, written, unchanged, removed: found.surplus, warnings };
}

/** Removes a folder and those above it, up to and including the topmost, as far as they are empty. */
function removeEmpty(folder: string, topmost: string, disk: Disk): void {
  for (let path = folder; path.length >= topmost.length; path = dirname(path)) {
    try {
      disk.removeFolder(path);
    } catch {
      // The folder has other files, or no longer exists; either way it and those above stay.
      if (disk.entry(path) !== undefined) return;
    }
    if (path === dirname(path)) return;
  }
}

function isMissing(folder: string, disk: Disk): boolean {
  try {
    return disk.entry(folder) === undefined;
  } catch {
    return true;
  }
}

function stateOf(folder: string, progress: Progress, disk: Disk): string {
  if (isMissing(folder, disk)) return 'nothing was written';
  return progress.finished
    ? 'the output is complete: it is that of the earlier run, which was interrupted'
    : 'the output is as it was before';
}

/**
 * An error in one line, with the state of the output. An error of neither the disk nor the generator is a bug: it stays
 * as it is.
 */
function stated(error: unknown, folder: string, state: string): unknown {
  if (error instanceof PartlySwapped) return error;
  if (error instanceof CodegenError) {
    return new CodegenError(`${error.message}; ${state}`, error.where, { cause: error });
  }
  if (errorCode(error) === undefined) return error;
  return new CodegenError(`cannot write to '${folder}': ${diskReason(error)}; ${state}`, {}, { cause: error });
}

function warning(message: string): Warning {
  return { message, where: {} };
}

import { dirname, join } from 'node:path';
import { CodegenError } from '../errors.js';
import type { Disk } from './disk.js';
import { diskReason } from './disk.js';
import { foldersOf } from './path.js';
import type { Workplace } from './workplace.js';

/**
 * One step of a swap: a rename between the output and the two folders of the workplace. Nothing is copied and nothing
 * deleted, so that every step can be undone, and a swap that was killed can be completed.
 */
export interface Move {
  readonly from: Spot;
  readonly to: Spot;
  /**
   * A hard link to the previous file at `to`: the rename replaces a file in one step, without a moment in which there
   * is none. Absent when no file was there.
   */
  readonly saved?: Spot;
}

/** A path in one of the three folders; an empty path is the folder itself. */
export interface Spot {
  readonly place: 'output' | 'fresh' | 'former';
  readonly path: string;
}

/** The steps of a swap, and whose files they may touch. */
export interface Swap {
  readonly moves: readonly Move[];
  /** Paths in the output that runs wrote: those that end in the folder for former files may be deleted. */
  readonly owned: readonly string[];
}

/** The output is partly old and partly new, and the next run has to complete it. The message says so. */
export class PartlySwapped extends CodegenError {}

/** Version of the journal's shape: a swap cannot be completed from one of another version. */
const FORMAT = 1;

/**
 * Carries out the steps of a swap. When a step fails, those before it are undone.
 *
 * @param swap the steps
 * @param place where the new files are ready
 * @param disk the file system
 * @throws what the disk throws, with the output unchanged; CodegenError when the steps cannot be undone, with a message
 *   that says so
 */
export function carryOut(swap: Swap, place: Workplace, disk: Disk): void {
  writeJournal(swap, place, disk);
  const taken: Move[] = [];
  try {
    for (const move of swap.moves) {
      disk.rename(pathOf(move.from, place), pathOf(move.to, place));
      taken.push(move);
    }
  } catch (error) {
    undo(taken, place, disk, error);
    throw error;
  }
}

/**
 * Completes the swap of a run that was killed. Each step leaves a trace that shows whether it was carried out, so this
 * may itself be killed and repeated.
 *
 * @param place where the run worked
 * @param disk the file system
 * @returns whether a swap was completed
 * @throws CodegenError when it cannot be completed
 */
export function finish(place: Workplace, disk: Disk): boolean {
  if (disk.entry(place.root)?.kind !== 'folder') {
    throw new CodegenError(`'${place.root}' is not the folder that a run leaves behind: delete it and run again`);
  }
  if (disk.entry(place.journal) === undefined) {
    clearAway(place, disk);
    return false;
  }
  const swap = readSwap(place.journal, place, disk);
  try {
    for (const move of swap.moves) {
      const from = pathOf(move.from, place);
      const to = pathOf(move.to, place);
      for (const spot of [move.from, move.to]) refuseLinks(spot, place, disk);
      if (disk.entry(from) === undefined) continue;
      if (move.saved === undefined && disk.entry(to) !== undefined) continue;
      disk.makeFolder(dirname(to));
      disk.rename(from, to);
    }
  } catch (error) {
    throw new PartlySwapped(
      `cannot complete an interrupted run in '${place.output}': ${diskReason(error)}; the output is partly ` +
        'old and partly new: repair the folder and run again',
      {},
      { cause: error },
    );
  }
  clearAway(place, disk);
  return true;
}

/**
 * Closes the journal and deletes the workplace. A former file that no run wrote was put into the output between
 * planning and swapping: it is moved back to its place.
 *
 * The order matters. The journal must not outlive any file that it names, or the next run would repeat steps that are
 * done; and the list of generated files must not be deleted before the files of users are moved back.
 *
 * @param place where the run worked
 * @param disk the file system
 * @throws what the disk throws; the output is then complete, and the next run tries again
 */
export function clearAway(place: Workplace, disk: Disk): void {
  if (disk.entry(place.journal) !== undefined) disk.rename(place.journal, place.done);
  if (disk.entry(place.done) !== undefined) {
    giveBack('', new Set(readSwap(place.done, place, disk).owned), place, disk);
  }
  disk.removeTree(place.root);
}

function giveBack(folder: string, owned: ReadonlySet<string>, place: Workplace, disk: Disk): void {
  const full = join(place.former, folder);
  if (disk.entry(full) === undefined) return;
  for (const name of disk.list(full)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (disk.entry(join(full, name))?.kind === 'folder') {
      giveBack(path, owned, place, disk);
    } else if (!owned.has(path)) {
      const home = join(place.output, path);
      disk.makeFolder(dirname(home));
      disk.rename(join(full, name), vacant(home, disk));
    }
  }
}

/**
 * A name for a file that does not exist yet: the path itself, or else the path with `.orig`, `.orig.2` and so on.
 *
 * @param path absolute path
 * @param disk the file system
 */
export function vacant(path: string, disk: Disk): string {
  if (disk.entry(path) === undefined) return path;
  for (let count = 1; ; count++) {
    const other = count === 1 ? `${path}.orig` : `${path}.orig.${count}`;
    if (disk.entry(other) === undefined) return other;
  }
}

function undo(taken: readonly Move[], place: Workplace, disk: Disk, reason: unknown): void {
  try {
    for (const move of [...taken].reverse()) {
      if (move.saved === undefined) disk.rename(pathOf(move.to, place), pathOf(move.from, place));
      else disk.rename(pathOf(move.saved, place), pathOf(move.to, place));
    }
    disk.removeFile(place.journal);
  } catch (error) {
    throw new PartlySwapped(
      `cannot write to '${place.output}': ${diskReason(reason)}, and then: ${diskReason(error)}; the output is partly ` +
        'old and partly new: repair the folder and run again to complete it',
      {},
      { cause: reason },
    );
  }
}

/**
 * A journal may come with a folder that was copied from elsewhere: its steps must not leave the folders through a link.
 */
function refuseLinks(spot: Spot, place: Workplace, disk: Disk): void {
  for (const folder of foldersOf(spot.path)) {
    const path = join(place[spot.place], folder);
    if (disk.entry(path)?.kind === 'link') throw new Error(`'${path}' is a symbolic link`);
  }
}

function pathOf(spot: Spot, place: Workplace): string {
  return join(place[spot.place], spot.path);
}

/** The journal appears whole or not at all: a rename puts it in its place. */
function writeJournal(swap: Swap, place: Workplace, disk: Disk): void {
  const draft = `${place.journal}.draft`;
  disk.create(draft, JSON.stringify({ format: FORMAT, ...swap }));
  disk.rename(draft, place.journal);
}

function readSwap(path: string, place: Workplace, disk: Disk): Swap {
  try {
    const value: unknown = JSON.parse(disk.read(path).toString('utf8'));
    if (isSwap(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CodegenError(
    `'${path}' of an interrupted run cannot be read: what that run replaced is in '${place.former}'; take from it ` +
      `what you need, delete '${place.root}' and run again`,
  );
}

function isSwap(value: unknown): value is Swap {
  if (typeof value !== 'object' || value === null) return false;
  if (!('format' in value && 'moves' in value && 'owned' in value) || value.format !== FORMAT) return false;
  const { moves, owned } = value;
  return (
    Array.isArray(owned) &&
    owned.every((path) => typeof path === 'string') &&
    Array.isArray(moves) &&
    moves.every(isMove)
  );
}

function isMove(value: unknown): value is Move {
  if (typeof value !== 'object' || value === null || !('from' in value && 'to' in value)) return false;
  return isSpot(value.from) && isSpot(value.to) && (!('saved' in value) || isSpot(value.saved));
}

function isSpot(value: unknown): value is Spot {
  if (typeof value !== 'object' || value === null || !('place' in value && 'path' in value)) return false;
  const { place, path } = value;
  const known = place === 'output' || place === 'fresh' || place === 'former';
  return known && typeof path === 'string' && (path === '' || !path.split('/').some((part) => part === '..'));
}

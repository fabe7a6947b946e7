import {
  copyFileSync,
  linkSync,
  lstatSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { makeFolder } from '../make-folder.js';
import { byCodeUnit } from '../order.js';

/** The kind of entry at a path, without following a symbolic link. */
export interface Entry {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Number of the device: a rename works within one device only. */
  readonly device: number;
  /** Bytes. */
  readonly size: number;
  /** Last modification, in milliseconds. */
  readonly modified: number;
}

/**
 * The operations of the file system that write needs. Tests replace them with ones that fail at a chosen moment.
 * Synchronous on purpose: between two steps of a swap no signal handler and no other task of this process can run.
 */
export interface Disk {
  /** `undefined` when the path does not exist. */
  entry(path: string): Entry | undefined;
  /** The path without symbolic links; the path has to exist. */
  real(path: string): string;
  read(path: string): Buffer;
  /** Names in a folder, sorted by code unit. */
  list(path: string): readonly string[];
  /** Creates a file; an existing file is an error (`EEXIST`). */
  create(path: string, content: string | Buffer): void;
  /** Creates a folder and those above it; returns the outermost that was created, if any. */
  makeFolder(path: string): string | undefined;
  rename(from: string, to: string): void;
  /** Creates a hard link. */
  link(from: string, to: string): void;
  /** Copies a file with its modification time. */
  copy(from: string, to: string): void;
  removeFile(path: string): void;
  /** Removes an empty folder; any other is an error. */
  removeFolder(path: string): void;
  /**
   * Removes a file, or a folder with its content, without following links; does nothing when the path does not exist.
   */
  removeTree(path: string): void;
}

/** The file system of the machine. Every method throws what `node:fs` throws. */
export const machineDisk: Disk = {
  entry(path) {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : found.isSymbolicLink() ? 'link' : 'other';
    return { kind, device: found.dev, size: found.size, modified: found.mtimeMs };
  },
  real: (path) => realpathSync(path),
  read: (path) => readFileSync(path),
  list: (path) => readdirSync(path).sort(byCodeUnit),
  create: (path, content) => writeFileSync(path, content, { flag: 'wx' }),
  makeFolder,
  rename: (from, to) => renameSync(from, to),
  link: (from, to) => linkSync(from, to),
  copy(from, to) {
    const { atime, mtime } = lstatSync(from);
    copyFileSync(from, to);
    utimesSync(to, atime, mtime);
  },
  removeFile: (path) => unlinkSync(path),
  removeFolder: (path) => rmdirSync(path),
  removeTree: (path) => rmSync(path, { recursive: true, force: true }),
};

/**
 * A disk of which each file is read once: for a command that looks at an output folder several times and writes nothing.
 *
 * @param disk that is read
 */
export function readOnce(disk: Disk): Disk {
  const contents = new Map<string, Buffer>();
  return {
    ...disk,
    read(path) {
      const content = contents.get(path) ?? disk.read(path);
      contents.set(path, content);
      return content;
    },
  };
}

/**
 * The code of a system error (`ENOSPC`), if it is one.
 *
 * @param error anything that was thrown
 */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Whether an error means that a file, or a folder on the way to it, does not exist.
 *
 * @param error anything thrown
 */
export function isAbsent(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Descriptions of the system errors that users meet. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'no space is left on the disk'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EACCES', 'permission is denied'],
  ['EPERM', 'the operation is not permitted'],
  ['EROFS', 'the file system is read-only'],
  ['ENOTDIR', 'a part of the path is a file'],
  ['EISDIR', 'a folder is in the place of a file'],
  ['ENOENT', 'a folder of the path does not exist, or no folder can be made in it'],
  ['ENAMETOOLONG', 'the path is too long for this file system'],
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['EBUSY', 'another program is using it'],
  ['EXDEV', 'another disk is mounted inside it'],
  ['ELOOP', 'its symbolic links form a cycle'],
  ['EIO', 'the disk reports an error'],
]);

/**
 * The reason of a disk error, in a few words for a user.
 *
 * @param error thrown by a method of {@link Disk}
 */
export function diskReason(error: unknown): string {
  const code = errorCode(error);
  const known = code === undefined ? undefined : REASONS.get(code);
  if (known !== undefined) return `${known} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

import { basename, dirname, join, resolve } from 'node:path';
import { CodegenError } from '../errors.js';
import type { Disk } from './disk.js';
import { diskReason, machineDisk } from './disk.js';

/**
 * Writes one file, whole or not at all: under another name first, then by a rename. A file that already has the content
 * keeps its modification time.
 *
 * @param path where it goes; folders above it are created, a symbolic link is followed
 * @param content UTF-8 text
 * @param disk the file system
 * @returns whether anything was written
 * @throws CodegenError when the disk reports an error; the previous file is then unchanged
 */
export function writeSingle(path: string, content: string, disk: Disk = machineDisk): 'written' | 'unchanged' {
  const bytes = Buffer.from(content, 'utf8');
  let draft: string | undefined;
  try {
    const full = disk.entry(resolve(path)) === undefined ? resolve(path) : disk.real(resolve(path));
    const entry = disk.entry(full);
    if (entry?.kind === 'file' && entry.size === bytes.length && disk.read(full).equals(bytes)) return 'unchanged';
    disk.makeFolder(dirname(full));
    // One name per process: the file that a killed process left is overwritten when its id is used again.
    draft = join(dirname(full), `.${basename(full)}.${process.pid}.draft`);
    disk.removeTree(draft);
    disk.create(draft, bytes);
    disk.rename(draft, full);
    return 'written';
  } catch (error) {
    try {
      if (draft !== undefined) disk.removeTree(draft);
    } catch {
      // Report the first error.
    }
    throw new CodegenError(
      `cannot write '${path}': ${diskReason(error)}; the previous content is unchanged`,
      {},
      { cause: error },
    );
  }
}

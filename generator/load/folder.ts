import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { CodegenError, messageOf } from '../errors.js';
import { byCodeUnit } from './order.js';
import type { PackageFile, PackageFiles } from './package.js';

/**
 * Finds the files of a package that lies unpacked on disk.
 *
 * @param path the folder that holds package.json, or the one that holds `package/package.json`
 * @param place the package as the user knows it
 * @returns its files, not read yet; without package.json when there is none in either place
 * @throws CodegenError when the folder cannot be listed
 */
export function filesOfFolder(path: string, place: string = path): PackageFiles {
  const nested = join(path, 'package');
  const folder = !isFile(join(path, 'package.json')) && isDirectory(nested) ? nested : path;
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new CodegenError(`the folder cannot be read: ${messageOf(error)}`, { package: place }, { cause: error });
  }
  const names = entries.filter((entry) => /\.json$/i.test(entry.name)).sort((a, b) => byCodeUnit(a.name, b.name));
  return { place, files: names.flatMap((entry) => fileOf(folder, entry.name)) };
}

/**
 * Read synchronously on purpose: three thousand small files take a third of the time that a thread pool takes, and
 * the reader pauses between batches. Pipes, sockets and devices, which might block for ever, are not files.
 */
function fileOf(folder: string, name: string): PackageFile[] {
  const path = join(folder, name);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) return [];
  return [{ name, bytes: stats.size, read: () => readFileSync(path) }];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

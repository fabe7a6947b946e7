import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodegenError, messageOf } from '../errors.js';
import { statAt } from './disk.js';
import { byCodeUnit } from '../order.js';
import { isPackageFile, type PackageFile, type PackageFiles } from './package.js';

/**
 * Finds the files of an unpacked package on disk.
 *
 * @param path the folder that contains package.json or `package/package.json`
 * @param place the package as the user names it
 * @returns its files, not read yet; without package.json if neither place has one
 * @throws CodegenError when the folder cannot be listed
 */
export function filesOfFolder(path: string, place: string = path): PackageFiles {
  const nested = join(path, 'package');
  const isNested = statAt(join(path, 'package.json'))?.isFile() !== true && statAt(nested)?.isDirectory() === true;
  const folder = isNested ? nested : path;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw new CodegenError(`the folder cannot be read: ${messageOf(error)}`, { package: place }, { cause: error });
  }
  const files = names.filter(isPackageFile).sort(byCodeUnit);
  return { place, files: files.flatMap((name) => fileOf(folder, name)) };
}

/**
 * Reads synchronously on purpose: three thousand small files take a third of the time that a thread pool needs, and the
 * reader pauses between batches. Pipes, sockets and devices, which might block for ever, are skipped.
 */
function fileOf(folder: string, name: string): PackageFile[] {
  const path = join(folder, name);
  const stats = statAt(path);
  if (stats?.isFile() !== true) return [];
  return [{ name, bytes: stats.size, read: () => readFileSync(path) }];
}

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.js';
import { byCodeUnit } from '../order.js';

const SOURCE = /\.[cm]?[jt]sx?$/;

/** Folders of installed and built files. */
const SKIPPED = new Set(['node_modules', 'dist', 'build', 'coverage']);

/**
 * The files of a program: the given files, and those of TypeScript and JavaScript in the given folders.
 *
 * @param paths absolute
 * @param except a folder to skip, absolute
 * @returns absolute paths, sorted, each once
 * @throws UsageError when there is no such file or folder
 */
export function programFiles(paths: readonly string[], except: string): readonly string[] {
  const found = new Set<string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isFile() && SOURCE.test(entry.name)) found.add(path);
      else if (entry.isDirectory() && !SKIPPED.has(entry.name) && !entry.name.startsWith('.') && path !== except) {
        walk(path);
      }
    }
  };
  for (const path of paths) {
    const entry = lstatSync(path, { throwIfNoEntry: false });
    if (entry === undefined) throw new UsageError(`there is no file or folder '${path}'`);
    if (entry.isDirectory()) walk(path);
    else found.add(path);
  }
  return [...found].sort(byCodeUnit);
}

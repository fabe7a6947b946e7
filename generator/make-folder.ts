import { lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder and those above it, one by one: Node's option `recursive` never returns where creating a folder
 * fails with ENOENT, as in `/proc`.
 *
 * @param path of the folder
 * @returns the outermost folder that was created, if any
 * @throws what `node:fs` throws
 */
export function makeFolder(path: string): string | undefined {
  const missing: string[] = [];
  for (let folder = path; lstatSync(folder, { throwIfNoEntry: false }) === undefined; folder = dirname(folder)) {
    missing.push(folder);
    if (folder === dirname(folder)) break;
  }
  for (const folder of [...missing].reverse()) {
    try {
      mkdirSync(folder);
    } catch (error) {
      // Another process may have created it since.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
  return missing.at(-1);
}

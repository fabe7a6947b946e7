import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { CodegenError } from '../errors.js';
import { diskReason, isAbsent } from './disk.js';
import { writeSingle } from './single.js';

/** A file and its new content. */
export interface SingleFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Writes files and carries out a task; when anything fails, the files get their previous content back.
 *
 * @param files in the order in which they are written
 * @param then the task, which leaves nothing behind when it fails
 * @throws what failed
 */
export async function writeTogether<T>(files: readonly SingleFile[], then: () => Promise<T>): Promise<T> {
  const before = files.map(({ path }) => ({ path, content: contentOf(path) }));
  let done = 0;
  try {
    for (const { path, content } of files) {
      writeSingle(path, content);
      done += 1;
    }
    return await then();
  } catch (error) {
    for (const { path, content } of before.slice(0, done)) {
      if (content === undefined) rmSync(path, { force: true });
      else writeSingle(path, content);
    }
    throw error;
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(resolve(path), 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw new CodegenError(`cannot read '${path}': ${diskReason(error)}`, {}, { cause: error });
  }
}

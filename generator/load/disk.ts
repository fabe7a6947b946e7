import { statSync, type Stats } from 'node:fs';
import { CodegenError, messageOf } from '../errors.js';

/**
 * The kind of entry at a path.
 *
 * @param path any path
 * @returns the entry that links lead to; `undefined` when it does not exist
 * @throws CodegenError when the path cannot be read
 */
export function statAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // A dangling link, a file where a folder should be, a cycle of links, a name that is too long.
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EINVAL'].includes(String(code))) return undefined;
    throw new CodegenError(`this cannot be read: ${messageOf(error)}`, { package: path }, { cause: error });
  }
}

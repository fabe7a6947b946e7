import { statSync, type Stats } from 'node:fs';
import { CodegenError, messageOf } from '../errors.js';

/**
 * The kind of entry at a path.
 *
 * @param path a path that may lead nowhere
 * @returns undefined when the path does not exist; follows links
 * @throws CodegenError when the path may not be read
 */
export function statAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // A dangling link, a file where a folder should be, a circle of links, a name longer than names can be.
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EINVAL'].includes(String(code))) return undefined;
    throw new CodegenError(`this cannot be read: ${messageOf(error)}`, { package: path }, { cause: error });
  }
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Whether a git repository has uncommitted changes.
 *
 * @param folder a folder of the repository
 * @returns `undefined` where there is no repository, or no git
 */
export async function isDirty(folder: string): Promise<boolean | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['status', '--porcelain'], { cwd: folder });
    return stdout.trim() !== '';
  } catch {
    return undefined;
  }
}

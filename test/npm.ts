import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs npm without the environment of the surrounding npm run.
 *
 * @param cwd folder
 * @param words arguments
 * @returns its output
 */
export async function npm(cwd: string, ...words: string[]): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV)/.test(name)));
  const { stdout } = await run('npm', [...words, '--no-audit', '--no-fund'], {
    cwd,
    env,
    shell: process.platform === 'win32',
  });
  return stdout;
}

/** A packed package. */
export interface Tarball {
  readonly filename: string;
  /** Bytes, packed. */
  readonly size: number;
  /** Bytes, unpacked. */
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/**
 * Packs a package as for publishing.
 *
 * @param folder of the package
 * @param into folder of the archive
 */
export async function pack(folder: string, into: string): Promise<Tarball> {
  const [tarball] = JSON.parse(await npm(folder, 'pack', '--json', '--pack-destination', into)) as [Tarball];
  return tarball;
}

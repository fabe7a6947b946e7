import { exec, execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const runInShell = promisify(exec);

/**
 * Runs npm without the environment of the surrounding npm run.
 *
 * @param cwd folder
 * @param words arguments
 * @returns its output
 */
export async function npm(cwd: string, ...words: string[]): Promise<string> {
  const { stdout } = await run('npm', [...words, '--no-audit', '--no-fund'], {
    cwd,
    env: environment(),
    shell: process.platform === 'win32',
  });
  return stdout;
}

/**
 * Runs a command as a page shows it, without anything of the run around it.
 *
 * @param cwd folder
 * @param command for the shell
 * @param more variables of the environment
 * @returns what it prints
 */
export async function shell(
  cwd: string,
  command: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await runInShell(command, { cwd, env: { ...environment(), ...more } });
  return stdout;
}

function environment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV)/.test(name)));
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

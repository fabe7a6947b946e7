import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const run = promisify(execFile);

/**
 * The findings of two linters for published packages: publint, and attw ("are the types wrong?") with its profile for
 * packages that are ES modules only.
 *
 * @param tarball of the package
 */
export async function faultsOf(tarball: string): Promise<string[]> {
  const bytes = await readFile(tarball);
  const archive = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: archive }, strict: true });
  const linted = messages.map((message) => formatMessage(message, pkg) ?? message.code);
  const attw = join(
    dirname(createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json')),
    'dist/index.js',
  );
  const words = [attw, tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color'];
  const problems = await run(process.execPath, words).then(
    () => [],
    (error: { readonly stdout: string }) => [error.stdout],
  );
  return [...linted, ...problems];
}

import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import { ROOT } from '../generated/compile.js';

/**
 * The output of a program in `examples/`. It runs in this process, which has already loaded the models; a test file can
 * run each program once, because a module is evaluated once.
 *
 * @param path below `examples/`
 * @param words arguments
 */
export async function printedBy(path: string, ...words: string[]): Promise<string> {
  const before = process.argv;
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...texts: unknown[]) => void lines.push(texts.join(' ')));
  const { href } = pathToFileURL(`${ROOT}examples/${path}`);
  process.argv = [process.execPath, href, ...words];
  try {
    await import(href);
    return lines.join('\n');
  } finally {
    process.argv = before;
    log.mockRestore();
  }
}

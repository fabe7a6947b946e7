import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { newFolder } from '../folders.js';
import { contentOf, put } from '../write/folder.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = [join(ROOT, 'generator/launch.mjs')];

/** The real program, as users start it. */
function start(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
) {
  const child = spawn(process.execPath, [...CLI, ...args], {
    cwd: ROOT,
    ...options,
    env: { ...process.env, DEBUG: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, ...texts }));
  return { child, ended };
}

describe('the program', () => {
  test.each([
    [['generate', '--no-such-flag'], 2, /^error: unknown option '--no-such-flag'; see --help\n$/],
    [[], 2, /^error: a command is missing: .*\n$/],
    [['generate', 'no-such-package#1.0.0', '--offline'], 1, /^error: no-such-package#1\.0\.0: .*\n$/],
  ])('reports %j in one line and exits with %i', async (args, code, line) => {
    const result = await start(args).ended;
    expect(result).toMatchObject({ code, out: '' });
    expect(result.err).toMatch(line);
    expect(result.err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('shows the stack of an error if DEBUG is set', async () => {
    const { code, err } = await start(['generate', 'nothing.json'], { env: { DEBUG: '1' } }).ended;
    expect(code).toBe(1);
    expect(err).toContain('CodegenError: the pinned snapshot cannot be read');
    expect(err).toContain('caused by Error: ENOENT');
  });

  test('exits normally if the reader of its output closes the pipe', async () => {
    const { child, ended } = start(['list', '--all', '--json']);
    child.stdout.destroy();
    expect(await ended).toMatchObject({ code: 0, err: expect.not.stringContaining('EPIPE') });
  });
});

describe('generate and check', () => {
  const one = ['--profile', 'FRNumberOfFramesExtension'];

  test('write the models of the pinned snapshot, and find them current', { timeout: 300_000 }, async () => {
    const folder = join(newFolder(), 'out');
    put(folder, { 'mine.txt': 'mine' });
    const written = await start(['generate', ...one, '--out', folder, '--json', '--quiet']).ended;
    expect(written).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(written.out)).toMatchObject({
      command: 'generate',
      profiles: { requested: 1, failed: [] },
      files: { unchanged: 0, removed: 0 },
      out: folder,
    });
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['index.ts', 'manifest.json', 'mine.txt', 'runtime']));

    const current = await start(['check', ...one, '--out', folder, '--quiet']).ended;
    // A file that was not generated: check reports it, generate keeps it.
    expect(current).toMatchObject({ code: 1, err: '' });
    expect(current.out).toMatch(/^surplus mine\.txt\n.* 0 stale, 0 missing, 1 surplus/);
  });

  test('stop at a signal and leave the output unchanged', { timeout: 300_000 }, async () => {
    const folder = join(newFolder(), 'out');
    put(folder, { 'manifest.json': 'mine' });
    const { child, ended } = start(['generate', ...one, '--out', folder]);
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    const { code, err } = await ended;
    expect(code).toBe(130);
    expect(err).toMatch(/error: interrupted; the output folder is intact\n$/);
    expect(contentOf(folder)).toEqual({ 'manifest.json': 'mine' });
    expect(readdirSync(join(folder, '..'))).toEqual(['out']);
  });

  test('report an output that is a file in one line, and leave it unchanged', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'out'), 'mine');
    const { code, err } = await start(['generate', ...one, '--out', join(folder, 'out'), '--quiet']).ended;
    expect(code).toBe(1);
    expect(err).toBe(
      `error: the output '${folder}/out' is a file, not a folder: choose another; nothing was written\n`,
    );
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('mine');
  });
});

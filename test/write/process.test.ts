import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compare } from '../../generator/write/compare.js';
import { write } from '../../generator/write/write.js';
import { newFolder } from '../folders.js';
import { contentOf, put } from './folder.js';
import { large } from './large.js';

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));

/** The number of times that a writer is killed; more on request: `KILLS=300 npx vitest run test/write/process`. */
const KILLS = Number(process.env['KILLS'] ?? 6);

function writer(folder: string, ...more: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', WRITER, folder, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function isWhole(number: number, folder: string): boolean {
  const { stale, missing, surplus } = compare(large(number), folder);
  return stale.length + missing.length + surplus.length === 0;
}

test(
  'a process that is killed at any moment leaves one complete output, possibly after the next run',
  { timeout: 600_000 },
  async () => {
    const parent = newFolder();
    const folder = join(parent, 'out');
    put(folder, { 'mine.txt.orig': 'mine', 'users/mine.ts': 'mine' });
    let interrupted = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = writer(folder);
      const ended = once(child, 'exit');
      if (child.stdout !== null) await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
      child.kill('SIGKILL');
      await ended;

      const whole = [0, 1, 2].some((number) => isWhole(number, folder));
      if (!whole && Object.keys(contentOf(folder)).length > 2) {
        interrupted++;
        expect(compare(large(0), folder).interrupted).toBe(true);
      }
      await write(large(kill), folder);
      expect(isWhole(kill, folder)).toBe(true);
      expect(contentOf(folder)).toMatchObject({ 'mine.txt.orig': 'mine', 'users/mine.ts': 'mine' });
      expect(readdirSync(parent)).toEqual(['out']);
    }
    if (KILLS > 50) process.stdout.write(`killed ${KILLS} times, ${interrupted} times in the middle of a swap\n`);
  },
);

test('concurrent processes that write into one folder wait for each other', { timeout: 600_000 }, async () => {
  const parent = newFolder();
  const folder = join(parent, 'out');
  const children = [0, 1, 2].map((first) => writer(folder, '12', String(first)));
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual([0, 0, 0]);
  expect([0, 1, 2].some((number) => isWhole(number, folder))).toBe(true);
  expect(readdirSync(parent)).toEqual(['out']);
});

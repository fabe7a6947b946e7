import { existsSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineDisk } from '../../generator/write/disk.js';
import { Lock } from '../../generator/write/lock.js';
import { newFolder } from '../folders.js';

test('one holds it, the next waits', async () => {
  const path = join(newFolder(), 'lock');
  const first = await Lock.take(path, machineDisk);
  let taken = false;
  const second = Lock.take(path, machineDisk).then((lock) => {
    taken = true;
    return lock;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(taken).toBe(false);
  first.release();
  expect((await second).isHeld()).toBe(true);
});

test('names the holder when waiting takes too long', async () => {
  const path = join(newFolder(), 'lock');
  await Lock.take(path, machineDisk);
  await expect(Lock.take(path, machineDisk, { wait: 50 })).rejects.toThrow(
    `another run (process ${process.pid} on ${hostname()}) is writing there: wait for it, or delete '${path}' if there is none`,
  );
});

test.each([
  ['of a process that has ended', (): string => holder({ pid: deadProcess(), host: hostname() })],
  [
    'of another process that had the same number',
    (): string => holder({ pid: process.pid, host: hostname(), started: '1' }),
  ],
])('takes over one %s', async (_, content) => {
  const path = join(newFolder(), 'lock');
  writeFileSync(path, content());
  const lock = await Lock.take(path, machineDisk, { wait: 0 });
  expect(lock.isHeld()).toBe(true);
  lock.release();
  expect(readdirSync(join(path, '..'))).toEqual([]);
});

test.each([
  ['of another machine', holder({ pid: 1, host: 'elsewhere.invalid' })],
  ['with nothing in it', ''],
  ['with rubbish in it', '{"pid":"x"}'],
])('waits for one %s while it is new and takes it over when it is old', async (_, content) => {
  const path = join(newFolder(), 'lock');
  writeFileSync(path, content);
  await expect(Lock.take(path, machineDisk, { wait: 0 })).rejects.toThrow('is writing there');
  utimesSync(path, 1, 1);
  expect((await Lock.take(path, machineDisk, { wait: 0 })).isHeld()).toBe(true);
});

test('gives back what it took away by mistake', async () => {
  const path = join(newFolder(), 'lock');
  writeFileSync(path, holder({ pid: deadProcess(), host: hostname() }));
  const fresh = holder({ pid: process.pid, host: hostname() });
  let reads = 0;
  const disk = {
    ...machineDisk,
    rename(from: string, to: string): void {
      // Between our look and our grip, another run took the dead lock over.
      if (reads++ === 0) writeFileSync(path, fresh);
      machineDisk.rename(from, to);
    },
  };
  await expect(Lock.take(path, disk, { wait: 0 })).rejects.toThrow(`process ${process.pid}`);
  expect(readFileSync(path, 'utf8')).toBe(fresh);
  expect(readdirSync(join(path, '..'))).toEqual(['lock']);
});

test('releases no lock that is no longer its own', async () => {
  const path = join(newFolder(), 'lock');
  const lock = await Lock.take(path, machineDisk);
  writeFileSync(path, holder({ pid: 1, host: 'elsewhere.invalid' }));
  lock.release();
  expect(lock.isHeld()).toBe(false);
  expect(existsSync(path)).toBe(true);
});

function holder(content: object): string {
  return JSON.stringify({ token: 'another', ...content });
}

function deadProcess(): number {
  const { pid } = spawnSync(process.execPath, ['--version']);
  return pid;
}

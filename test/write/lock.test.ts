import { existsSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineDisk } from '../../generator/write/disk.js';
import { Lock } from '../../generator/write/lock.js';
import { newFolder } from '../folders.js';

test('a lock has one holder, and the next process waits', async () => {
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

test('the holder is named if waiting takes too long', async () => {
  const path = join(newFolder(), 'lock');
  await Lock.take(path, machineDisk);
  await expect(Lock.take(path, machineDisk, { wait: 50 })).rejects.toThrow(
    `another run (process ${process.pid} on ${hostname()}) is writing there: wait for it, or delete '${path}' if there is none`,
  );
});

test.each([
  ['from a process that has ended', (): string => holder({ pid: deadProcess(), host: hostname() })],
  [
    'from a process whose number another process had',
    (): string => holder({ pid: process.pid, host: hostname(), started: '1' }),
  ],
])('a lock is taken over %s', async (_, content) => {
  const path = join(newFolder(), 'lock');
  writeFileSync(path, content());
  const lock = await Lock.take(path, machineDisk, { wait: 0 });
  expect(lock.isHeld()).toBe(true);
  lock.release();
  expect(readdirSync(join(path, '..'))).toEqual([]);
});

test.each([
  ['of another machine', holder({ pid: 1, host: 'elsewhere.invalid' })],
  ['that is empty', ''],
  ['with invalid content', '{"pid":"x"}'],
])('a lock %s is respected while new and taken over when old', async (_, content) => {
  const path = join(newFolder(), 'lock');
  writeFileSync(path, content);
  await expect(Lock.take(path, machineDisk, { wait: 0 })).rejects.toThrow('is writing there');
  utimesSync(path, 1, 1);
  expect((await Lock.take(path, machineDisk, { wait: 0 })).isHeld()).toBe(true);
});

test('a lock that was taken over by mistake is given back', async () => {
  const path = join(newFolder(), 'lock');
  writeFileSync(path, holder({ pid: deadProcess(), host: hostname() }));
  const fresh = holder({ pid: process.pid, host: hostname() });
  let reads = 0;
  const disk = {
    ...machineDisk,
    rename(from: string, to: string): void {
      // Between the check and the takeover, another run took over the dead lock.
      if (reads++ === 0) writeFileSync(path, fresh);
      machineDisk.rename(from, to);
    },
  };
  await expect(Lock.take(path, disk, { wait: 0 })).rejects.toThrow(`process ${process.pid}`);
  expect(readFileSync(path, 'utf8')).toBe(fresh);
  expect(readdirSync(join(path, '..'))).toEqual(['lock']);
});

test('a lock of another holder is not released', async () => {
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

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeTogether } from '../../generator/write/together.js';
import { newFolder } from '../folders.js';

it('files are restored if a later step fails', async () => {
  const folder = newFolder();
  const [old, fresh] = [join(folder, 'old.json'), join(folder, 'fresh.md')];
  writeFileSync(old, 'old');
  const files = [
    { path: old, content: 'new' },
    { path: fresh, content: 'fresh' },
  ];
  const failing = (): Promise<never> => {
    // They are written when the later step begins.
    expect(readFileSync(fresh, 'utf8')).toBe('fresh');
    return Promise.reject(new Error('the disk is full'));
  };
  await expect(writeTogether(files, failing)).rejects.toThrow('the disk is full');
  expect(readFileSync(old, 'utf8')).toBe('old');
  expect(existsSync(fresh)).toBe(false);
  expect(await writeTogether(files, () => Promise.resolve(1))).toBe(1);
  expect([old, fresh].map((path) => readFileSync(path, 'utf8'))).toEqual(['new', 'fresh']);
});

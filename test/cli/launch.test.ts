import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { newFolder } from '../folders.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = 'generator/commands/program.ts';

test('a checkout runs its current sources, also right after an edit', () => {
  const checkout = newFolder();
  for (const name of ['generator', 'package.json', 'package-lock.json']) {
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  const help = (): string =>
    execFileSync(process.execPath, [join(checkout, 'generator/launch.mjs'), '--help'], { encoding: 'utf8' });
  const builds = (): string[] => readdirSync(join(checkout, 'dist')).sort();

  const before = help();
  expect(before).toContain('Typed TypeScript profile models');
  const built = builds();
  expect(help()).toBe(before);
  expect(builds()).toEqual(built);

  const text = readFileSync(join(checkout, PROGRAM), 'utf8');
  writeFileSync(join(checkout, PROGRAM), text.replace('Typed TypeScript profile models', 'Changed models'));
  expect(help()).toContain('Changed models');
});

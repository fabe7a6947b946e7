import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { ROOT } from './compile.js';

const FOLDER = `${ROOT}generated`;

/** `npm run lint` looks at all of them; this is for those who run the tests alone. */
const EVERY = 8;

it('prettier would not change the generated sources', { timeout: 240_000 }, async () => {
  const config = await resolveConfig(join(FOLDER, 'index.ts'));
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/(^|[\\/])(dist|node_modules)[\\/]/.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const unformatted: string[] = [];
  for (const file of files.sort().filter((_, index) => index % EVERY === 0)) {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    if (!(await check(text, { ...config, filepath: file }))) unformatted.push(file);
  }
  expect(unformatted).toEqual([]);
});

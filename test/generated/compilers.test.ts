import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compile, COMPILERS, PLAIN, SOURCE_PATHS } from '../compilers.js';
import { ROOT } from './compile.js';

const work = mkdtempSync(join(ROOT, 'test/generated/tmp-'));
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/** All generated sources and user code: accepted lines, rejected lines, and types named in declaration files. */
const include = [`${ROOT}generated/index.ts`, `${ROOT}test/generated/types/*.ts`];

describe.each(COMPILERS)('%s', { timeout: 240_000 }, (compiler) => {
  it('compiles sources, and accepts and rejects the same lines of user code, under the strictest options', async () => {
    const options = { paths: SOURCE_PATHS, declaration: true };
    expect(await compile(compiler, work, { name: 'strictest', include, options })).toBe('');
  });

  it('does so with bundler resolution and without the options beyond strict', async () => {
    const options = {
      ...PLAIN,
      paths: SOURCE_PATHS,
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2022', 'dom'],
    };
    expect(await compile(compiler, work, { name: 'plain', include, options })).toBe('');
  });
});

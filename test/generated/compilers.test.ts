import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compile, COMPILERS } from '../compilers.js';
import { ROOT } from './compile.js';

const work = mkdtempSync(join(ROOT, 'test/generated/tmp-'));
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

describe.each(COMPILERS)('%s', (compiler) => {
  it('compiles the generated sources under the strictest options', async () => {
    const include = [`${ROOT}generated/index.ts`];
    expect(await compile(compiler, work, { name: 'sources', include })).toBe('');
  });

  it('accepts and refuses the same lines of user code, also for a bundler', async () => {
    const include = [`${ROOT}test/generated/types/*.ts`];
    const options = {
      module: 'esnext',
      moduleResolution: 'bundler',
      customConditions: ['source'],
      lib: ['es2022', 'dom'],
    };
    expect(await compile(compiler, work, { name: 'users', include, options })).toBe('');
  });
});

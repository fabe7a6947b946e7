import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compile, COMPILERS, PLAIN } from '../compilers.js';
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

  it('compiles them, and accepts and refuses the same lines, without the options beyond strict', async () => {
    const include = [`${ROOT}generated/index.ts`, `${ROOT}test/generated/types/*.ts`];
    const options = { ...PLAIN, customConditions: ['source'] };
    expect(await compile(compiler, work, { name: 'plain', include, options })).toBe('');
  });

  it('names all types in declaration files of what users make of the models', async () => {
    const options = { customConditions: ['source'], declaration: true, noEmit: false, emitDeclarationOnly: true };
    const outDir = join(work, `${compiler}-declarations`);
    const include = [`${ROOT}test/generated/types/declared.ts`];
    const project = { name: 'declared', include, options: { ...options, outDir, rootDir: ROOT } };
    expect(await compile(compiler, work, project)).toBe('');
    const declarations = readFileSync(join(outDir, 'test/generated/types/declared.d.ts'), 'utf8');
    expect(declarations).not.toContain('any;');
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

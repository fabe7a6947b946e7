import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const HERE = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const run = promisify(execFile);
const work = mkdtempSync(join(HERE, 'tmp-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** What the generated packages promise to compile under. */
const COMPILERS = ['typescript-5.4', 'typescript', 'typescript-6', 'typescript-7'];
const OPTIONS = {
  target: 'es2022',
  lib: ['es2022'],
  types: [],
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noImplicitOverride: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  noEmit: true,
};

/** Compiles files and gives what the compiler prints. */
async function compile(compiler: string, name: string, files: readonly string[], options: object): Promise<string> {
  const project = join(work, `${compiler}-${name}.json`);
  writeFileSync(project, JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, files }));
  const tsc = join(dirname(require.resolve(`${compiler}/package.json`)), 'bin', 'tsc');
  return run(process.execPath, [tsc, '--pretty', 'false', '-p', project]).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  );
}

const SAMPLES = ['builder.ts', 'reference.ts'].map((file) => join(HERE, file));
const RUNTIME = ['validate', 'guard', 'parse', 'outcome', 'schema', 'builder', 'reference', 'types'].map((name) =>
  join(HERE, '../../templates/runtime', `${name}.ts`),
);

describe.each(COMPILERS)('%s', (compiler) => {
  it('accepts and refuses the same lines of the samples, and compiles the runtime', { timeout: 120_000 }, async () => {
    expect(await compile(compiler, 'nodenext', [...SAMPLES, ...RUNTIME], {})).toBe('');
  });

  it('compiles the runtime for a bundler', { timeout: 120_000 }, async () => {
    const options = { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'] };
    expect(await compile(compiler, 'bundler', RUNTIME, options)).toBe('');
  });

  it('says in a sentence what a builder misses', { timeout: 120_000 }, async () => {
    const file = join(work, `${compiler}.ts`);
    const samples = relative(work, join(HERE, 'samples/study.js')).split(sep).join('/');
    writeFileSync(
      file,
      `import { StudyBuilder, StudySeriesBuilder } from '${samples}';
new StudyBuilder().setStatus('available').setSubject({}).addStudyInstanceUid({}).build();
new StudySeriesBuilder().setUid('1').setModality({}).addInstance({ uid: '1', sopClass: {} }).build();
`,
    );
    const errors = await compile(compiler, 'message', [file], {});
    expect(errors).toContain(`(2,1)`);
    expect(errors).toContain(`Property '"required element 'series' has not been set"' is missing`);
    expect(errors).toContain(`(3,1)`);
    expect(errors).toContain(`Property '"required element 'laterality' has not been set"' is missing`);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { compile, COMPILERS, PLAIN } from '../compilers.js';

const HERE = dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'compilers-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const SAMPLES = ['builder.ts', 'reference.ts'].map((file) => join(HERE, file));
const RUNTIME = ['index', 'internal'].map((name) => join(HERE, `../../templates/runtime/${name}.ts`));

describe.each(COMPILERS)('%s', { timeout: 240_000 }, (compiler) => {
  it('accepts and rejects the same lines of the samples, compiles the runtime, and names the missing parts of a builder', async () => {
    // A module by its name, as there is no package.json above it.
    const file = join(work, `${compiler}.mts`);
    const samples = JSON.stringify(join(HERE, 'samples/study.js'));
    writeFileSync(
      file,
      `import { StudyBuilder, StudySeriesBuilder } from ${samples};
new StudyBuilder().setStatus('available').setSubject({}).addStudyInstanceUid({}).build();
new StudySeriesBuilder().setUid('1').setModality({}).addInstance({ uid: '1', sopClass: {} }).build();
`,
    );
    const errors = await compile(compiler, work, { name: 'nodenext', files: [...SAMPLES, ...RUNTIME, file] });
    // At `build`, which editors underline; lines that explain an error are indented.
    const places = errors.split('\n').flatMap((line) => /^\S.*?\(\d+,\d+\)|^\S.*/.exec(line)?.[0] ?? []);
    expect(places.map((place) => place.replace(/^.*[\\/]/, ''))).toEqual([
      `${compiler}.mts(2,82)`,
      `${compiler}.mts(3,94)`,
    ]);
    expect(errors).toMatch(/not callable\.[^]*StillMissing<"series">/);
    expect(errors).toMatch(/not callable\.[^]*StillMissing<"laterality">/);
  });

  it('does so without the options beyond strict', async () => {
    const project = { name: 'plain', files: [...SAMPLES, ...RUNTIME], options: PLAIN };
    expect(await compile(compiler, work, project)).toBe('');
  });

  it('compiles the runtime with bundler resolution', async () => {
    const options = { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'] };
    expect(await compile(compiler, work, { name: 'bundler', files: RUNTIME, options })).toBe('');
  });
});

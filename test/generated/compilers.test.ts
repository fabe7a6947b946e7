import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compile, COMPILERS, diagnosticsOf, NEWEST, PLAIN, SOURCE_PATHS } from '../compilers.js';
import { ROOT } from './compile.js';

const work = mkdtempSync(join(ROOT, 'test/generated/tmp-'));
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/**
 * All generated sources and the whole runtime; user code, and samples of the type encoding: the lines that compile, those that
 * do not, and what declaration files have to name.
 */
const include = [
  `${ROOT}generated/index.ts`,
  `${ROOT}templates/runtime/*.ts`,
  `${ROOT}test/generated/types/*.ts`,
  `${ROOT}test/types/*.ts`,
];
const exclude = [`${ROOT}test/types/*.test.ts`];

/** Builders of the samples without their last members. */
const UNFINISHED = `import { StudyBuilder, StudySeriesBuilder } from '../../types/samples/study.js';
new StudyBuilder().setStatus('available').setSubject({}).addStudyInstanceUid({}).build();
new StudySeriesBuilder().setUid('1').setModality({}).addInstance({ uid: '1', sopClass: {} }).build();
`;

/** `npm run typecheck` compiles the same files with 5.9, under the options of tsconfig.json. */
const OTHERS = COMPILERS.filter((compiler) => compiler !== 'typescript');

describe.each(OTHERS)('%s', { timeout: 240_000 }, (compiler) => {
  it('accepts and rejects the same lines under the strictest options, and names what a builder lacks', async () => {
    const unfinished = join(work, `${compiler}.ts`);
    writeFileSync(unfinished, UNFINISHED);
    const project = {
      name: 'strictest',
      include: [...include, unfinished],
      exclude,
      options: { paths: SOURCE_PATHS, declaration: true },
    };
    const diagnostics = diagnosticsOf(await compile(compiler, work, project));
    // At `build`, which is what editors underline.
    expect(diagnostics.map(({ file, line, column }) => [file.replace(/^.*[\\/]/, ''), line, column])).toEqual([
      [`${compiler}.ts`, 2, 82],
      [`${compiler}.ts`, 3, 94],
    ]);
    const [series, laterality] = diagnostics.map(({ message }) => message);
    expect(series).toMatch(/not callable\.[^]*StillMissing<"series">/);
    expect(laterality).toMatch(/not callable\.[^]*StillMissing<"laterality">/);
  });
});

/** All compilers relax these options in the same way. */
describe(NEWEST, { timeout: 240_000 }, () => {
  it('accepts and rejects the same lines for a bundler, without the options beyond strict', async () => {
    const options = {
      ...PLAIN,
      paths: SOURCE_PATHS,
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2022', 'dom'],
    };
    expect(await compile(NEWEST, work, { name: 'plain', include, exclude, options })).toBe('');
  });
});

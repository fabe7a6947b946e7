import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compilers.js';
import { ROOT } from '../generated/compile.js';
import { npm, pack, type Tarball } from '../npm.js';
import { faultsOf } from '../published.js';

const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-'));
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/** The command as npm puts it on the path. */
async function command(...words: string[]): Promise<string> {
  const { stdout } = await run(join(work, 'node_modules/.bin/fhir-profile-codegen'), words, {
    cwd: work,
    shell: process.platform === 'win32',
  });
  return stdout;
}

describe('the generator, packed and installed', { timeout: 240_000 }, () => {
  let tarball: Tarball;
  beforeAll(async () => {
    tarball = await pack(ROOT, work);
    const { filename } = tarball;
    writeFileSync(join(work, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }));
    await npm(work, 'install', '--prefer-offline', join(work, filename));
  }, 240_000);

  it('has no fault that publint or attw know', async () => {
    expect(await faultsOf(join(work, tarball.filename))).toEqual([]);
  });

  it('has a licence, maps, and of TypeScript only what it copies into the output', () => {
    const paths = tarball.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'dist/generator/cli.js.map',
        'generator/diff/report.schema.json',
      ]),
    );
    expect(paths.filter((path) => /(?<!\.d)\.ts$/.test(path) && !/^templates\/runtime/.test(path))).toEqual([]);
  });

  it('writes the same bytes as in its repository', async () => {
    await command('generate', '--out', 'models', '--quiet');
    const written = readdirSync(join(work, 'models'), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(written.length).toBeGreaterThan(100);
    const differing = written
      .map((one) => join(one.parentPath, one.name))
      .filter((path) => {
        const committed = path.replace(join(work, 'models'), `${ROOT}generated`);
        return !readFileSync(path).equals(readFileSync(committed));
      });
    expect(differing).toEqual([]);
  });

  it('reads a configuration that imports it, and is typed', async () => {
    const config = `import { defineConfig } from 'fhir-profile-codegen';
export default defineConfig({ npmName: '@example/study', out: 'study', include: ['FRImagingStudyDocument'] });
`;
    writeFileSync(join(work, 'fhir-codegen.config.ts'), config);
    expect(await compile('typescript', work, { name: 'config', files: [join(work, 'fhir-codegen.config.ts')] })).toBe(
      '',
    );
    await command('generate', '--quiet');
    const { name }: { name?: unknown } = JSON.parse(readFileSync(join(work, 'study/package.json'), 'utf8')) as object;
    expect(name).toBe('@example/study');
  });
});

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { compile } from '../compilers.js';
import { ROOT } from '../generated/compile.js';
import { npm, pack, type Tarball } from '../npm.js';
import { faultsOf } from '../published.js';

const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-'));
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/** The command that npm puts on the path. */
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

  it('passes publint and attw', async () => {
    expect(await faultsOf(join(work, tarball.filename))).toEqual([]);
  });

  it('contains a licence, source maps, and no TypeScript but the runtime that it copies', () => {
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

  it('writes the same bytes as a checkout does', async () => {
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

  it('reads a configuration that imports its types', async () => {
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

  it('runs by npx in the folder of its installation and below', async () => {
    const below = join(work, 'below');
    mkdirSync(below);
    for (const cwd of [work, below]) {
      expect((await npm(cwd, 'exec', '--no', '--', 'fhir-profile-codegen', '--version')).trim()).toBe(manifest.version);
    }
  });

  it('runs from any folder if installed globally', async () => {
    const prefix = join(work, 'global');
    // A link to what is installed: to unpack all dependencies once more takes long.
    const installed = join(work, 'node_modules', manifest.name);
    await npm(work, 'install', '--global', '--prefix', prefix, '--offline', installed);
    const elsewhere = join(work, 'elsewhere');
    mkdirSync(elsewhere);
    const bin = join(prefix, process.platform === 'win32' ? 'fhir-profile-codegen.cmd' : 'bin/fhir-profile-codegen');
    const words = ['generate', '--profile', 'FRNumberOfFramesExtension', '--out', 'models', '--quiet'];
    await run(bin, words, { cwd: elsewhere, shell: process.platform === 'win32' });
    expect(readdirSync(join(elsewhere, 'models'))).toContain('manifest.json');
  });

  it('writes models that work as a member of a workspace', async () => {
    const monorepo = join(work, 'monorepo');
    mkdirSync(join(monorepo, 'app'), { recursive: true });
    writeFileSync(
      join(monorepo, 'package.json'),
      JSON.stringify({ name: 'monorepo', private: true, type: 'module', workspaces: ['app', 'models'] }),
    );
    writeFileSync(
      join(monorepo, 'fhir-codegen.config.ts'),
      `export default { npmName: '@example/models', out: 'models', include: ['FRNumberOfFramesExtension'] };\n`,
    );
    const dependencies = { '@example/models': '*' };
    writeFileSync(join(monorepo, 'app/package.json'), JSON.stringify({ name: 'app', private: true, dependencies }));
    writeFileSync(
      join(monorepo, 'app/main.mjs'),
      `import { createFRNumberOfFramesExtension } from '@example/models';
console.log(createFRNumberOfFramesExtension({ valueInteger: 3 }).url);
`,
    );
    const bin = join(work, 'node_modules/.bin/fhir-profile-codegen');
    await run(bin, ['generate', '--quiet'], { cwd: monorepo, shell: process.platform === 'win32' });
    await npm(monorepo, 'install', '--prefer-offline');
    await npm(monorepo, 'run', 'build', '--workspace', 'models');
    const { stdout } = await run(process.execPath, ['app/main.mjs'], { cwd: monorepo });
    expect(stdout).toMatch(/fr-number-of-frames-extension\n$/);
  });
});

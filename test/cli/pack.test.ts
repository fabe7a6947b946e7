import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { compile } from '../compilers.js';
import { r4Core, usCore } from '../examples/us-core-packages.js';
import { newFolder } from '../folders.js';
import { ROOT } from '../generated/compile.js';
import { registryOf } from '../load/registry-server.js';
import { npm, pack, shell, type Tarball } from '../npm.js';
import { registryWith } from '../npm-registry.js';
import { shellCommandsOf } from '../pages.js';
import { faultsOf } from '../published.js';

const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-'));
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/** The three commands of README.md for another guide. */
const [START = '', INIT = '', MODELS = ''] = shellCommandsOf('README.md').slice(-3);

/** The three commands of examples/us-core, as the page shows them. */
const [INSTALL = '', GENERATE = '', RUN = ''] = shellCommandsOf('examples/us-core/README.md');

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
    cpSync(join(ROOT, 'examples/us-core'), work, { recursive: true });
    writeFileSync(join(work, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }));
    const registry = await registryWith(manifest, join(work, tarball.filename));
    writeFileSync(join(work, '.npmrc'), `registry=${registry.url}\nprefer-offline=true\naudit=false\nfund=false\n`);
    await shell(work, START);
    await shell(work, INSTALL);
    await registry.close();
    rmSync(join(work, '.npmrc'));
  }, 240_000);

  it('generates models of another guide with the commands of examples/us-core', async () => {
    const registry = await registryOf(r4Core(), usCore());
    const home = newFolder();
    await shell(work, GENERATE, { HOME: home, USERPROFILE: home, FPL_REGISTRY: registry.url });
    expect(readdirSync(join(home, '.fhir/packages'))).toEqual(['hl7.fhir.r4.core#4.0.1', 'hl7.fhir.us.core#7.0.0']);
    const { profiles } = JSON.parse(readFileSync(join(work, 'us-core/manifest.json'), 'utf8')) as {
      profiles: unknown[];
    };
    // The page states eight.
    expect(profiles).toHaveLength(8);
    const options = { types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')] };
    expect(await compile('typescript-7', work, { name: 'us-core', files: [join(work, 'patients.ts')], options })).toBe(
      '',
    );
    expect(await shell(work, RUN)).toBe('Shaw: White\n');
  });

  it('generates models of another guide with the commands of README.md', async () => {
    const registry = await registryOf(r4Core(), usCore());
    const home = newFolder();
    const settings = { HOME: home, USERPROFILE: home, FPL_REGISTRY: registry.url };
    expect(shellCommandsOf('examples/ips/README.md')[0]).toBe(INSTALL);
    await shell(work, INIT, settings);
    await shell(work, MODELS, settings);
    expect(readdirSync(join(work, 'src/models/hl7.fhir.us.core'))).toContain('us-core-patient.ts');
    rmSync(join(work, 'fhir-codegen.config.ts'));
  });

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

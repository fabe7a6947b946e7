import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../generator/commands/program.js';
import type { Config } from '../../generator/config/config.js';
import { oneLine, UsageError } from '../../generator/errors.js';
import {
  compare,
  defineConfig,
  generateFrom,
  type PackageGenerated,
  type PackageResult,
} from '../../generator/index.js';
import { findProject } from '../../generator/run/project.js';
import { lazyStages } from '../../generator/run/stages.js';
import { folderOfTests } from '../folders.js';
import { cacheWith, codes, profile, valueSet } from '../hostile/guide.js';
import { canonical } from '../model/sample.js';
import { contentOf } from '../write/folder.js';

const BOUND = { id: 'Observation.method', binding: { strength: 'required', valueSet: valueSet('methods') } } as const;

let fhirCache = '';
beforeAll(() => {
  fhirCache = cacheWith({
    'a.example#1.0.0': [
      profile({ id: 'kept', elements: [BOUND] }),
      profile({ id: 'left' }),
      ...codes('methods', [
        { code: '1', display: 'One' },
        { code: '2', display: 'Two' },
        { code: '3', display: 'Three' },
      ]),
    ],
    'b.example#2.0.0': [profile({ id: 'other' })],
  });
});

/** The result of a package that was generated. */
function generated(result: PackageResult | undefined): PackageGenerated {
  if (result === undefined || result.error !== undefined) throw new Error(`not generated: ${oneLine(result?.error)}`);
  return result;
}

function contentIn({ files }: PackageGenerated, path: string): string {
  return files.find((file) => file.path === path)?.content ?? '';
}

describe('the path of a package.json', () => {
  it('selects its folder', async () => {
    const spec = join(fhirCache, 'b.example#2.0.0', 'package', 'package.json');
    const { packages } = await generateFrom({ packages: [spec], offline: true, fhirCache }, { write: false });
    expect(generated(packages[0]).manifest.package).toMatchObject({ name: 'b.example', version: '2.0.0' });
  });
});

describe('generateFrom', { timeout: 120_000 }, () => {
  const all = (): Config => ({
    packages: [
      {
        spec: 'a.example#1.0.0',
        include: ['*'],
        exclude: ['left'],
        npmName: '@hospital/a',
        npmVersion: '3.0.0',
        names: { [canonical('kept')]: 'Renamed' },
        docLanguage: 'fr',
        codeLimit: 2,
      },
      { spec: 'b.example#2.0.0', out: 'elsewhere', baseTypes: '@medplum/fhirtypes' },
      'none.example#1.0.0',
    ],
    out: 'models',
    offline: true,
    fhirCache,
  });

  it('applies the configuration of each package, and returns files, results of writing and warnings', async () => {
    const folder = folderOfTests();
    const lines: string[] = [];
    const warned: string[] = [];
    const { ok, packages, warnings } = await generateFrom(defineConfig(all()), {
      folder,
      onProgress: (line) => lines.push(line),
      onWarning: (warning) => warned.push(oneLine(warning)),
    });
    expect(ok).toBe(false);
    expect(packages.map(({ spec }) => spec)).toEqual(['a.example#1.0.0', 'b.example#2.0.0', 'none.example#1.0.0']);

    const a = generated(packages[0]);
    expect(a.manifest.profiles.map(({ name }) => name)).toEqual(['kept']);
    expect(a.manifest.profiles[0]?.exports.interface).toBe('Renamed');
    expect(JSON.parse(contentIn(a, 'package.json'))).toMatchObject({ name: '@hospital/a', version: '3.0.0' });
    expect(a.folder).toBe(join(folder, 'models/a.example'));
    expect(a.written?.written).toEqual(a.files.map(({ path }) => path).sort());
    expect(Object.keys(contentOf(a.folder))).toEqual(a.written?.written);
    const texts = a.files.map(({ content }) => content).join('');
    expect(texts).not.toContain("'One'");
    expect(contentIn(a, 'README.md')).toMatch(/profil/i);

    const b = generated(packages[1]);
    expect(b.folder).toBe(join(folder, 'elsewhere'));
    expect(JSON.parse(contentIn(b, 'package.json'))).toMatchObject({
      dependencies: { '@medplum/fhirtypes': expect.any(String) },
    });

    expect(oneLine(packages[2]?.error)).toMatch(/^none\.example#1\.0\.0: it is not in the FHIR cache/);
    expect(lines).toContain('Reading a.example#1.0.0');
    expect(lines).toContain('Generating b.example#2.0.0');
    expect(warnings.map(oneLine)).toEqual([...new Set(warned)]);
    for (const warning of a.warnings) expect(warnings).toContainEqual(warning);
  });

  it('writes nothing if write is false', async () => {
    const folder = folderOfTests();
    const { ok, packages } = await generateFrom(
      { packages: ['b.example#2.0.0'], offline: true, fhirCache },
      { folder, write: false },
    );
    expect(ok).toBe(true);
    const { files, folder: out, written } = generated(packages[0]);
    expect(out).toBe(join(folder, 'generated'));
    expect(written).toBeUndefined();
    expect(contentOf(folder)).toEqual({});
    expect(compare(files, out).missing).toEqual(files.map(({ path }) => path).sort());
  });

  it('writes the same bytes as the command line', async () => {
    const [one, two] = [folderOfTests(), folderOfTests()];
    const config = { ...all(), packages: ['b.example#2.0.0', { spec: 'a.example#1.0.0', exclude: ['left'] }] };
    await generateFrom(config, { folder: one });
    writeFileSync(join(two, 'fhir-codegen.config.mjs'), `export default ${JSON.stringify(config)};\n`);
    const options = { stages: lazyStages, project: findProject(two), cwd: two, now: () => 0 };
    const streams = { out: () => undefined, err: () => undefined };
    expect(await runProgram(['generate'], { ...options, streams })).toBe(0);
    expect(contentOf(join(two, 'models'))).toEqual(contentOf(join(one, 'models')));
    expect(Object.keys(contentOf(join(one, 'models'))).length).toBeGreaterThan(10);
  });

  it('applies the additional packages and the limits of the configuration', async () => {
    const folder = folderOfTests();
    const lines: string[] = [];
    mkdirSync(join(folder, 'given'));
    const packageJson = { name: 'given.example', version: '1.0.0', fhirVersions: ['4.0.1'] };
    writeFileSync(join(folder, 'given/package.json'), JSON.stringify(packageJson));
    const { packages, warnings } = await generateFrom(
      {
        packages: ['a.example#1.0.0'],
        with: ['./given'],
        limits: { load: { fileBytes: 100_000 }, pin: { codes: 2 } },
        offline: true,
        fhirCache,
      },
      { folder, write: false, onProgress: (line) => void lines.push(line) },
    );
    expect(generated(packages[0]).failed).toEqual([]);
    expect(lines).toContain('Reading given.example#1.0.0');
    expect(warnings.map(oneLine).join('\n')).toMatch(/methods is not complete: .*\(limit "codes"\)/);
  });

  it('rejects an invalid configuration before it starts', async () => {
    const folder = folderOfTests();
    const misspelt: Config = JSON.parse('{ "pakages": [] }');
    await expect(generateFrom(misspelt, { folder })).rejects.toThrow(UsageError);
    await expect(generateFrom(misspelt, { folder })).rejects.toThrow('did you mean packages?');
    const twice: Config = { packages: ['a.example#1.0.0', 'b.example#2.0.0'], npmName: 'same' };
    await expect(generateFrom(twice, { folder })).rejects.toThrow('cannot both be called same');
    expect(existsSync(join(folder, 'generated'))).toBe(false);
  });
});

it('uses the pinned snapshot if the configuration names no package', { timeout: 120_000 }, async () => {
  const { ok, packages } = await generateFrom(
    { include: ['*StudyInstanceUid*', '*study-instance-uid*'] },
    { folder: folderOfTests(), write: false },
  );
  expect(ok).toBe(true);
  const { manifest, spec } = generated(packages[0]);
  expect(spec).toBeUndefined();
  const committed: unknown = JSON.parse(
    readFileSync(new URL('../../generated/manifest.json', import.meta.url), 'utf8'),
  );
  expect(committed).toMatchObject({ package: manifest.package });
});

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../generator/commands/program.js';
import { oneLine } from '../../generator/errors.js';
import { generateFrom, type PackageGenerated, type PackageResult } from '../../generator/index.js';
import { findProject } from '../../generator/run/project.js';
import { lazyStages } from '../../generator/run/stages.js';
import { folderOfTests } from '../folders.js';
import { cacheWith, profile } from '../hostile/guide.js';
import { canonical } from '../model/sample.js';

let fhirCache = '';
let out = '';
beforeAll(() => {
  fhirCache = cacheWith({
    'named.example#1.0.0': [profile({ id: 'old', name: 'Person' })],
    // It is sorted before the old one, so without a ledger it would get the name.
    'named.example#2.0.0': [profile({ id: 'newcomer', name: 'Person' }), profile({ id: 'old', name: 'Person' })],
  });
  out = folderOfTests();
});

async function result(version: string, folder = out, write = true): Promise<PackageResult> {
  const config = { packages: [`named.example#${version}`], out: folder, offline: true, fhirCache };
  const [only] = (await generateFrom(config, { write })).packages;
  if (only === undefined) throw new Error('nothing was generated');
  return only;
}

async function generated(version: string, folder?: string, write?: boolean): Promise<PackageGenerated> {
  const found = await result(version, folder, write);
  if (found.error !== undefined) throw found.error;
  return found;
}

function interfaceOf({ manifest }: PackageGenerated, id: string): string | undefined {
  return manifest.profiles.find(({ url }) => url === canonical(id))?.exports.interface;
}

/** The findings of `check` for the second version. */
async function check(): Promise<number> {
  const quiet = (): void => undefined;
  const args = ['check', 'named.example#2.0.0', '--out', out, '--fhir-cache', fhirCache, '--offline'];
  const options = { stages: lazyStages, cwd: out, now: () => 0, streams: { out: quiet, err: quiet } };
  return runProgram(args, { ...options, project: findProject(out) });
}

describe('names.json of the output folder', { timeout: 120_000 }, () => {
  it('keeps the names of the previous version', async () => {
    expect(interfaceOf(await generated('1.0.0'), 'old')).toBe('Person');
    const second = await generated('2.0.0');
    expect(interfaceOf(second, 'old')).toBe('Person');
    expect(interfaceOf(second, 'newcomer')).toMatch(/^Person_[0-9a-f]{6}$/);
    expect(interfaceOf(await generated('2.0.0', folderOfTests()), 'newcomer')).toBe('Person');
  });

  it('is also read by check, and by a run that does not write', async () => {
    expect(await check()).toBe(0);
    expect(interfaceOf(await generated('2.0.0', out, false), 'old')).toBe('Person');
  });

  it('belongs to the generator, and is not published', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ files: expect.arrayContaining(['names.json']) });
    const { files }: { files: string[] } = JSON.parse(readFileSync(join(out, 'package.json'), 'utf8'));
    expect(files).not.toContain('names.json');
  });

  it('is reported in one line if damaged, and the output stays unchanged', async () => {
    const path = join(out, 'names.json');
    const [whole, index] = [path, join(out, 'index.ts')].map((file) => readFileSync(file, 'utf8'));
    writeFileSync(path, whole?.slice(0, 100) ?? '');
    expect(oneLine((await result('1.0.0')).error)).toBe(
      `${path}: this is not a ledger of names; restore the file, or delete it to assign all names again`,
    );
    await expect(check()).rejects.toThrow('this is not a ledger of names');
    expect(readFileSync(join(out, 'index.ts'), 'utf8')).toBe(index);
    rmSync(path);
    expect(interfaceOf(await generated('2.0.0'), 'newcomer')).toBe('Person');
  });
});

import { describe, expect, it } from 'vitest';
import { readAssets } from '../../generator/assets.js';
import { generate, type GenerateOptions } from '../../generator/generate.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { sampleSnapshot } from '../model/sample.js';

const SAMPLE = sampleSnapshot([{ name: 'Sample', type: 'Patient', elements: [] }]);

/** The same guide in another version of its package; its profiles have the version `own`. */
function released(version: string, own = version, name = 'example.sample'): PinnedSnapshot {
  const id = `${name}#${version}`;
  return {
    ...SAMPLE,
    package: { ...SAMPLE.package, name, version },
    packages: [{ name, version, canonical: 'https://example.org' }],
    structureDefinitions: SAMPLE.structureDefinitions.map((one) =>
      one.package.startsWith('example.sample#') ? { ...one, package: id, version: own } : one,
    ),
  };
}

async function filesOf(
  snapshot: PinnedSnapshot,
  options: Partial<GenerateOptions> = {},
): Promise<ReadonlyMap<string, string>> {
  const generator = { name: 'test', version: '1.0.0' };
  const { files } = await generate(snapshot, { assets: await readAssets(), generator, ...options });
  return new Map(files.map(({ path, content }) => [path, content]));
}

describe('the version of a guide', () => {
  it('changes only package.json and the manifest if nothing else changes', async () => {
    const [before, after] = [await filesOf(released('1.0.0')), await filesOf(released('1.1.0'))];
    const changed = [...before].filter(([path, content]) => after.get(path) !== content).map(([path]) => path);
    expect(changed.sort()).toEqual(['manifest.json', 'package.json']);
    expect([...after.keys()]).toEqual([...before.keys()]);
  });

  it('is in the comment of a profile that has another version', async () => {
    const own = (await filesOf(released('1.1.0', '0.9.0'))).get('example.sample/sample.ts');
    expect(own).toContain('https://example.org/StructureDefinition/Sample version 0.9.0');
    expect((await filesOf(released('1.1.0'))).get('example.sample/sample.ts')).not.toMatch(/1\.1\.0/);
  });
});

describe('an alias of a package', () => {
  const former = released('1.0.0', '1.0.0', 'example.former');
  const renamed = released('2.0.0', '2.0.0', 'example.renamed');
  const folder = { aliases: { 'example.former': 'sample', 'example.renamed': 'sample' } };
  const sources = (files: ReadonlyMap<string, string>) =>
    [...files.keys()].filter((path) => /sample\/|former/.test(path));

  it('keeps the paths of modules and the npm name if the package is renamed', async () => {
    const [before, after] = [await filesOf(former, folder), await filesOf(renamed, folder)];
    expect(sources(before)).toEqual(['sample/references.ts', 'sample/sample.ts']);
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect(JSON.parse(after.get('package.json') ?? '')).toMatchObject({ name: 'sample' });
  });

  it('maps import paths of former folders to the modules', async () => {
    const files = await filesOf(renamed, { aliases: { 'example.renamed': ['sample', 'example.former'] } });
    expect(JSON.parse(files.get('package.json') ?? '')).toMatchObject({
      exports: {
        './*.js': { types: './dist/*.d.ts', default: './dist/*.js' },
        './example.former/*.js': {
          types: './dist/sample/*.d.ts',
          default: './dist/sample/*.js',
        },
      },
    });
  });

  it.each([
    [{ 'example.renamed': ['sample', 'hl7.fhir.r4.core'] }, 'where another package is now'],
    [{ 'example.renamed': ['sample', 'old'], other: ['b', 'old'] }, 'already leads to sample'],
    [{ 'example.renamed': '../up' }, 'is not a valid folder name'],
  ])('is rejected: %j', async (aliases, message) => {
    await expect(filesOf(renamed, { aliases })).rejects.toThrow(message);
  });
});

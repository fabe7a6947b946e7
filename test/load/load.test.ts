import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../folders.js';
import { oneLine, UsageError } from '../../generator/errors.js';
import { failure, GUIDE, labelsOf, offline } from './loading.js';
import { definition, structureDefinition } from '../guide/definitions.js';
import { CORE, cacheOf, tarballOf, writePackage } from './workspace.js';

describe('a package', () => {
  it('is read from the cache by name and version, with definitions in order of file names', async () => {
    const { definitions, warnings } = await offline('example.guide#1.0.0', cacheOf(GUIDE));
    expect(definitions.root.resources.map(({ url }) => url)).toEqual([
      'http://example.org/a',
      'http://example.org/b',
      'http://example.org/c',
    ]);
    expect(definitions.packages[0]).toBe(definitions.root);
    expect(warnings).toEqual([]);
  });

  it.each(['example.guide@1.0.0', 'example.guide#1.0.0'])('is found by %s', async (spec) => {
    expect(labelsOf(await offline(spec, cacheOf(GUIDE)))).toEqual(['example.guide#1.0.0', 'hl7.fhir.r4.core#4.0.1']);
  });

  it('is read from the folder of its package.json, that file, the parent of `package`, or a .tgz', async () => {
    const cache = cacheOf();
    const folder = newFolder();
    writePackage(join(folder, 'package'), GUIDE);
    writeFileSync(join(folder, 'guide.tgz'), tarballOf(GUIDE));
    const parent = await offline(folder, cache);
    const own = await offline(join(folder, 'package'), cache);
    const archive = await offline(join(folder, 'guide.tgz'), cache);
    const manifest = await offline(join(folder, 'package', 'package.json'), cache);
    expect(parent.definitions.root.resources).toHaveLength(3);
    expect(own.definitions.root).toEqual(parent.definitions.root);
    expect(archive.definitions.root).toEqual(parent.definitions.root);
    expect(manifest.definitions.root).toEqual(parent.definitions.root);
    expect(await failure(offline(join(folder, 'no', 'package.json'), cache))).toContain(
      'this folder or .tgz does not exist',
    );
  });

  it('given by a path needs no cache folder', async () => {
    const folder = newFolder();
    writePackage(folder, CORE);
    const { definitions } = await offline(folder, join(folder, 'no', 'such', 'cache'));
    expect(definitions.root.name).toBe('hl7.fhir.r4.core');
  });

  it('may be a linked folder, and entries that are not files are ignored', async () => {
    const cache = cacheOf();
    const folder = newFolder();
    writePackage(join(folder, 'real'), GUIDE);
    mkdirSync(join(folder, 'real', 'folder.json'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'real', 'dangling.json'));
    symlinkSync(join(folder, 'real'), join(folder, 'linked'));
    expect((await offline(join(folder, 'linked'), cache)).definitions.root.resources).toHaveLength(3);
  });

  const XML = '<?xml version="1.0"?>\n<!-- made by a tool -->\n<StructureDefinition xmlns="http://hl7.org/fhir"/>';

  it.each(['folder', 'archive'])('with profiles in XML only is an error: %s', async (kind) => {
    const files = {
      'StructureDefinition-a.xml': XML,
      'b.XML': '<ValueSet xmlns="http://hl7.org/fhir">',
      'example.xml': '<Patient xmlns="http://hl7.org/fhir">',
      'CodeSystem-c.json': { resourceType: 'CodeSystem', url: 'http://example.org/c' },
    };
    const folder = newFolder();
    const entry = { ...GUIDE, files };
    if (kind === 'folder') writePackage(folder, entry);
    else writeFileSync(join(folder, 'guide.tgz'), tarballOf(entry));
    const error = await failure(offline(kind === 'folder' ? folder : join(folder, 'guide.tgz'), cacheOf()));
    expect(error).toMatch(/^[^\n]*2 definition\(s\) in XML are ignored: only JSON is supported, and[^\n]*$/);
  });

  it('with some definitions in XML only causes a warning, also as a dependency', async () => {
    const root = { ...GUIDE, files: { ...GUIDE.files, 'more.xml': XML } };
    const other = { name: 'example.other', version: '1.0.0', files: { 'StructureDefinition-a.xml': XML } };
    const cache = cacheOf({ ...root, dependencies: { 'example.other': '1.0.0' } }, other);
    const { warnings } = await offline('example.guide#1.0.0', cache);
    expect(warnings.map(oneLine)).toEqual([
      'example.guide#1.0.0: 1 definition(s) in XML are ignored: only JSON is supported',
      'example.other#1.0.0: 1 definition(s) in XML are ignored: only JSON is supported',
    ]);
  });

  it('with XML and JSON of the same name causes no warning', async () => {
    const files = { 'a.json': { resourceType: 'ValueSet', url: 'http://example.org/a' }, 'a.xml': XML };
    const { warnings } = await offline('example.guide#1.0.0', cacheOf({ ...GUIDE, files }));
    expect(warnings).toEqual([]);
  });

  it('is read without changes to the cache', async () => {
    const cache = cacheOf(GUIDE);
    const before = readdirSync(cache, { recursive: true }).sort();
    await offline('example.guide#1.0.0', cache);
    expect(readdirSync(cache, { recursive: true }).sort()).toEqual(before);
  });

  it.each([
    ['example.guide#2.0.0', /^example\.guide#2\.0\.0: it is not in the FHIR cache \(which has 1\.0\.0\); offline/],
    [
      'example.other#1.0.0',
      /^example\.other#1\.0\.0: it is not in the FHIR cache; offline.* FHIR cache: \/.*\. If you have the package, name its folder or \.tgz instead\.$/,
    ],
    ['./no-such-folder', /no-such-folder: this folder or \.tgz does not exist/],
    ['no-such.tgz', /no-such\.tgz: this folder or \.tgz does not exist/],
    ['/dev/null', /neither a folder nor a file/],
  ])('named %s is reported in one line as not found', async (spec, line) => {
    expect(await failure(offline(spec, cacheOf(GUIDE)))).toMatch(line);
  });

  it.each(['', 'example.guide', '#1.0.0', 'a b#1', '..#1.0.0', 'example.guide#a\0b', 'example.guide#', 'x\n#1'])(
    'named %j is wrong usage',
    async (spec) => {
      await expect(offline(spec, cacheOf(GUIDE))).rejects.toThrow(UsageError);
    },
  );
});

describe('a broken package', () => {
  const broken = { ...GUIDE, files: { ...GUIDE.files, 'StructureDefinition-x.json': '{"resourceType": "Struct' } };

  it('with an invalid file is reported in one line that names the file', async () => {
    const line = await failure(offline('example.guide#1.0.0', cacheOf(broken)));
    expect(line).toMatch(
      /^example\.guide#1\.0\.0: StructureDefinition-x\.json cannot be read: .*Repair or remove it\.$/,
    );
  });

  it('causes a warning if it is a dependency, and its other files are used', async () => {
    const cache = cacheOf({ name: 'a', version: '1.0.0', dependencies: { 'example.guide': '1.0.0' } }, broken);
    const { definitions, warnings } = await offline('a#1.0.0', cache);
    expect(definitions.packages[1]?.resources).toHaveLength(3);
    expect(warnings.map(oneLine)).toEqual([
      expect.stringMatching(/^example\.guide#1\.0\.0: StructureDefinition-x\.json is left out, it cannot be read/),
    ]);
  });

  it.each([
    ['{', /package\.json is not valid JSON/],
    ['[]', /package\.json is not a JSON object/],
    ['{"version":"1.0.0"}', /package\.json has no usable "name" \(it is missing\)/],
    ['{"name":"example.guide"}', /package\.json has no usable "version"/],
    ['{"name":"../../x","version":"1.0.0"}', /no usable "name" \("\.\.\/\.\.\/x"\)/],
    ['{"name":"example.guide","version":"../1"}', /no usable "version"/],
    ['{"name":{},"version":"1.0.0"}', /no usable "name"/],
  ])('with the package.json %s is reported in one line', async (content, line) => {
    const cache = cacheOf({ ...GUIDE, files: { 'package.json': content } });
    expect(await failure(offline('example.guide#1.0.0', cache))).toMatch(line);
    const folder = newFolder();
    writeFileSync(join(folder, 'package.json'), content);
    expect(await failure(offline(folder, cache))).toMatch(line);
  });

  it('without package.json is an error in one line, and a warning for a dependency', async () => {
    const cache = cacheOf(GUIDE, { name: 'a', version: '1.0.0', dependencies: { 'example.guide': '1.0.0' } });
    rmSync(join(cache, 'example.guide#1.0.0', 'package', 'package.json'));
    expect(await failure(offline('example.guide#1.0.0', cache))).toMatch(
      /^example\.guide#1\.0\.0: there is no package\.json/,
    );
    const { definitions } = await offline('a#1.0.0', cache);
    expect(definitions.missing).toMatchObject([{ name: 'example.guide', reason: /there is no package\.json/ }]);
    expect(await failure(offline(newFolder(), cache))).toContain('there is no package.json');
  });

  it('with two definitions of one canonical keeps the first, and a warning names both files', async () => {
    const again = {
      'StructureDefinition-a2.json': structureDefinition('http://example.org/a', { name: 'Second' }),
      'ValueSet-a.json': definition('ValueSet', 'http://example.org/a'),
      'ValueSet-later.json': definition('ValueSet', 'http://example.org/c', { version: '2.0.0' }),
    };
    const cache = cacheOf({ ...GUIDE, files: { ...GUIDE.files, ...again } });
    const { definitions, warnings } = await offline('example.guide#1.0.0', cache);
    expect(warnings.map(oneLine)).toEqual([
      'example.guide#1.0.0: StructureDefinition-a2.json is left out: StructureDefinition-a.json defines ' +
        'StructureDefinition http://example.org/a|1.0.0 as well, and the first counts',
    ]);
    expect(definitions.root.resources).toHaveLength(5);
    expect(definitions.root.resources.filter(({ name }) => name === 'Second')).toEqual([]);
  });

  it('with another name than its folder causes a warning', async () => {
    const cache = cacheOf({ ...GUIDE, files: { 'package.json': '{"name":"else","version":"9.0.0"}' } });
    const { definitions, warnings } = await offline('example.guide#1.0.0', cache);
    expect(definitions.root.name).toBe('else');
    expect(warnings.map(oneLine)).toEqual([expect.stringContaining('names else#9.0.0')]);
  });
});

describe('limits of loading', () => {
  it('skip a file that is too large, and name the option to include it', async () => {
    const cache = cacheOf(GUIDE);
    const { definitions, warnings } = await offline('example.guide#1.0.0', cache, { limits: { fileBytes: 80 } });
    expect(definitions.root.resources).toHaveLength(1);
    expect(warnings.map(oneLine)[0]).toMatch(
      /^example\.guide#1\.0\.0: StructureDefinition-a\.json is left out: it has \d+ bytes, more than the limit "fileBytes" of 80$/,
    );
  });

  it('stop at the total size of all packages', async () => {
    const { definitions, warnings } = await offline('example.guide#1.0.0', cacheOf(GUIDE), {
      limits: { totalValues: 9 },
    });
    expect(definitions.root.resources).toHaveLength(2);
    expect(warnings.map(oneLine)[0]).toContain('1 file(s) left out: all packages together');
    const few = await offline('example.guide#1.0.0', cacheOf(GUIDE), { limits: { totalBytes: 100 } });
    expect(few.definitions.root.resources).toHaveLength(1);
  });

  it('limit the number of warnings for a package of broken files', async () => {
    const files = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`ValueSet-${index}.json`, '{']));
    const broken = { name: 'broken', version: '1.0.0', files };
    const cache = cacheOf({ ...GUIDE, dependencies: { broken: '1.0.0' } }, broken);
    const { warnings } = await offline('example.guide#1.0.0', cache);
    expect(warnings).toHaveLength(21);
    expect(warnings.map(oneLine).at(-1)).toBe('broken#1.0.0: 80 more file(s) left out');
  });

  it('reject a folder with too many files and a package.json that is too long', async () => {
    expect(await failure(offline('example.guide#1.0.0', cacheOf(GUIDE), { limits: { entries: 3 } }))).toContain(
      'more than the limit "entries"',
    );
    expect(
      await failure(offline('example.guide#1.0.0', cacheOf(GUIDE), { limits: { packageJsonBytes: 5 } })),
    ).toContain('more than the limit "packageJsonBytes"');
  });
});

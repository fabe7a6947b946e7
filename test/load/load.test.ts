import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../folders.js';
import { oneLine, UsageError } from '../../generator/errors.js';
import { failure, GUIDE, labelsOf, offline } from './loading.js';
import { CORE, cacheOf, structureDefinition, tarballOf, valueSet, writePackage } from './workspace.js';

describe('where a package is found', () => {
  it('is read from the cache by name and version, definitions in order of file name', async () => {
    const { definitions, warnings } = await offline('example.guide#1.0.0', cacheOf(GUIDE));
    expect(definitions.root.resources.map(({ url }) => url)).toEqual([
      'http://example.org/a',
      'http://example.org/b',
      'http://example.org/c',
    ]);
    expect(definitions.packages[0]).toBe(definitions.root);
    expect(warnings).toEqual([]);
  });

  it.each(['example.guide@1.0.0', 'example.guide#1.0.0'])('takes %s', async (spec) => {
    expect(labelsOf(await offline(spec, cacheOf(GUIDE)))).toEqual(['example.guide#1.0.0', 'hl7.fhir.r4.core#4.0.1']);
  });

  it('is read from the folder of its package.json, from that file, from the parent of `package`, and from a .tgz', async () => {
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

  it('needs no cache folder for what a path gives', async () => {
    const folder = newFolder();
    writePackage(folder, CORE);
    const { definitions } = await offline(folder, join(folder, 'no', 'such', 'cache'));
    expect(definitions.root.name).toBe('hl7.fhir.r4.core');
  });

  it('follows a linked folder and passes over what is no file', async () => {
    const cache = cacheOf();
    const folder = newFolder();
    writePackage(join(folder, 'real'), GUIDE);
    mkdirSync(join(folder, 'real', 'folder.json'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'real', 'dangling.json'));
    symlinkSync(join(folder, 'real'), join(folder, 'linked'));
    expect((await offline(join(folder, 'linked'), cache)).definitions.root.resources).toHaveLength(3);
  });

  const XML = '<?xml version="1.0"?>\n<!-- made by a tool -->\n<StructureDefinition xmlns="http://hl7.org/fhir"/>';

  it.each(['folder', 'archive'])('stops at a package that has its profiles in XML only: %s', async (kind) => {
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

  it('warns of definitions that are there in XML only, in the package and in what it depends on', async () => {
    const root = { ...GUIDE, files: { ...GUIDE.files, 'more.xml': XML } };
    const other = { name: 'example.other', version: '1.0.0', files: { 'StructureDefinition-a.xml': XML } };
    const cache = cacheOf({ ...root, dependencies: { 'example.other': '1.0.0' } }, other);
    const { warnings } = await offline('example.guide#1.0.0', cache);
    expect(warnings.map(oneLine)).toEqual([
      'example.guide#1.0.0: 1 definition(s) in XML are ignored: only JSON is supported',
      'example.other#1.0.0: 1 definition(s) in XML are ignored: only JSON is supported',
    ]);
  });

  it('says nothing of XML beside JSON of the same name', async () => {
    const files = { 'a.json': { resourceType: 'ValueSet', url: 'http://example.org/a' }, 'a.xml': XML };
    const { warnings } = await offline('example.guide#1.0.0', cacheOf({ ...GUIDE, files }));
    expect(warnings).toEqual([]);
  });

  it('leaves the cache as it was', async () => {
    const cache = cacheOf(GUIDE);
    const before = readdirSync(cache, { recursive: true }).sort();
    await offline('example.guide#1.0.0', cache);
    expect(readdirSync(cache, { recursive: true }).sort()).toEqual(before);
  });

  it.each([
    ['example.guide#2.0.0', /^example\.guide#2\.0\.0: it is not in the FHIR cache \(which has 1\.0\.0\); offline/],
    ['example.other#1.0.0', /^example\.other#1\.0\.0: it is not in the FHIR cache; offline.* FHIR cache: \//],
    ['./no-such-folder', /no-such-folder: this folder or \.tgz does not exist/],
    ['no-such.tgz', /no-such\.tgz: this folder or \.tgz does not exist/],
    ['/dev/null', /neither a folder nor a file/],
  ])('says in one line that %s cannot be loaded', async (spec, line) => {
    expect(await failure(offline(spec, cacheOf(GUIDE)))).toMatch(line);
  });

  it.each(['', 'example.guide', '#1.0.0', 'a b#1', '..#1.0.0', 'example.guide#a\0b', 'example.guide#', 'x\n#1'])(
    'calls %j a wrong usage',
    async (spec) => {
      await expect(offline(spec, cacheOf(GUIDE))).rejects.toThrow(UsageError);
    },
  );
});

describe('broken packages', () => {
  const broken = { ...GUIDE, files: { ...GUIDE.files, 'StructureDefinition-x.json': '{"resourceType": "Struct' } };

  it('a broken file of the package itself is one line that names it', async () => {
    const line = await failure(offline('example.guide#1.0.0', cacheOf(broken)));
    expect(line).toMatch(
      /^example\.guide#1\.0\.0: StructureDefinition-x\.json cannot be read: .*Repair or remove it\.$/,
    );
  });

  it('a broken file of a dependency is a warning, and the rest of it is used', async () => {
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
  ])('a package.json of %s is one line', async (content, line) => {
    const cache = cacheOf({ ...GUIDE, files: { 'package.json': content } });
    expect(await failure(offline('example.guide#1.0.0', cache))).toMatch(line);
    const folder = newFolder();
    writeFileSync(join(folder, 'package.json'), content);
    expect(await failure(offline(folder, cache))).toMatch(line);
  });

  it('a missing package.json is one line, and for a dependency a warning', async () => {
    const cache = cacheOf(GUIDE, { name: 'a', version: '1.0.0', dependencies: { 'example.guide': '1.0.0' } });
    rmSync(join(cache, 'example.guide#1.0.0', 'package', 'package.json'));
    expect(await failure(offline('example.guide#1.0.0', cache))).toMatch(
      /^example\.guide#1\.0\.0: there is no package\.json/,
    );
    const { definitions } = await offline('a#1.0.0', cache);
    expect(definitions.missing).toMatchObject([{ name: 'example.guide', reason: /there is no package\.json/ }]);
    expect(await failure(offline(newFolder(), cache))).toContain('there is no package.json');
  });

  it('a second definition with the same canonical is left out with a warning that names both files', async () => {
    const again = {
      'StructureDefinition-a2.json': structureDefinition('http://example.org/a', { name: 'Second' }),
      'ValueSet-a.json': valueSet('http://example.org/a'),
      'ValueSet-later.json': valueSet('http://example.org/c', { version: '2.0.0' }),
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

  it('a package that calls itself otherwise than its folder is a warning', async () => {
    const cache = cacheOf({ ...GUIDE, files: { 'package.json': '{"name":"else","version":"9.0.0"}' } });
    const { definitions, warnings } = await offline('example.guide#1.0.0', cache);
    expect(definitions.root.name).toBe('else');
    expect(warnings.map(oneLine)).toEqual([expect.stringContaining('names else#9.0.0')]);
  });
});

describe('limits', () => {
  it('leave out a file that is too large, and say how to get it in', async () => {
    const cache = cacheOf(GUIDE);
    const { definitions, warnings } = await offline('example.guide#1.0.0', cache, { limits: { fileBytes: 80 } });
    expect(definitions.root.resources).toHaveLength(1);
    expect(warnings.map(oneLine)[0]).toMatch(
      /^example\.guide#1\.0\.0: StructureDefinition-a\.json is left out: it has \d+ bytes, more than the limit "fileBytes" of 80$/,
    );
  });

  it('end what all packages together may hold', async () => {
    const { definitions, warnings } = await offline('example.guide#1.0.0', cacheOf(GUIDE), {
      limits: { totalValues: 9 },
    });
    expect(definitions.root.resources).toHaveLength(2);
    expect(warnings.map(oneLine)[0]).toContain('1 file(s) left out: all packages together');
    const few = await offline('example.guide#1.0.0', cacheOf(GUIDE), { limits: { totalBytes: 100 } });
    expect(few.definitions.root.resources).toHaveLength(1);
  });

  it('keep a package of broken files from flooding the terminal', async () => {
    const files = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`ValueSet-${index}.json`, '{']));
    const broken = { name: 'broken', version: '1.0.0', files };
    const cache = cacheOf({ ...GUIDE, dependencies: { broken: '1.0.0' } }, broken);
    const { warnings } = await offline('example.guide#1.0.0', cache);
    expect(warnings).toHaveLength(21);
    expect(warnings.map(oneLine).at(-1)).toBe('broken#1.0.0: 80 more file(s) left out');
  });

  it('refuse a folder with too many files and a package.json that is too long', async () => {
    expect(await failure(offline('example.guide#1.0.0', cacheOf(GUIDE), { limits: { entries: 3 } }))).toContain(
      'more than the limit "entries"',
    );
    expect(
      await failure(offline('example.guide#1.0.0', cacheOf(GUIDE), { limits: { packageJsonBytes: 5 } })),
    ).toContain('more than the limit "packageJsonBytes"');
  });
});

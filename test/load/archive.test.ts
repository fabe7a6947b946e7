import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../folders.js';
import { filesOfArchive } from '../../generator/load/archive.js';
import { DEFAULT_LIMITS, type LoadLimits } from '../../generator/load/limits.js';
import { failure, GUIDE, offline } from './loading.js';
import { cacheOf, tarballOf, tarOf, type TarEntry } from './workspace.js';

const PACKAGE_JSON: TarEntry = { path: 'package/package.json', content: '{"name":"a","version":"1.0.0"}' };

const files = (archive: Buffer, limits: Partial<LoadLimits> = {}) =>
  filesOfArchive(archive, 'a.tgz', { ...DEFAULT_LIMITS, ...limits });

const packed = (...entries: readonly TarEntry[]) => gzipSync(tarOf([PACKAGE_JSON, ...entries]));

describe('a valid archive', () => {
  it('is read as the JSON files of its package folder, sorted by name', async () => {
    const archive = packed(
      { path: 'package', type: 'Directory' },
      { path: 'package/b.json', content: 'é'.repeat(100_000) },
      { path: './package/a.json', content: 'a' },
      { path: 'package/empty.json' },
      { path: 'package/notes.txt', content: 'n' },
      { path: 'package/example/c.json', content: 'c' },
      { path: 'other/d.json', content: 'd' },
    );
    const found = (await files(archive)).files;
    expect(found.map(({ name }) => name)).toEqual(['a.json', 'b.json', 'empty.json', 'package.json']);
    expect(Buffer.from(found[1]?.read() ?? []).toString()).toBe('é'.repeat(100_000));
  });

  it('may be an uncompressed tar, as some servers send it', async () => {
    expect((await files(tarOf([PACKAGE_JSON]))).files).toHaveLength(1);
  });

  it('takes the later of two files with the same path', async () => {
    const found = await files(
      packed({ path: 'package/a.json', content: '1' }, { path: 'package/a.json', content: '2' }),
    );
    expect(found.files.map(({ read }) => Buffer.from(read()).toString())).toContain('2');
    expect(found.files).toHaveLength(2);
  });
});

describe('an archive with package.json in another place', () => {
  it.each(['package.json', './package.json', 'guide-main/package.json'])(
    'is rejected with that place: %s',
    async (path) => {
      const archive = gzipSync(tarOf([{ ...PACKAGE_JSON, path }]));
      expect(await failure(files(archive))).toBe(
        `a.tgz: package.json is at "${path.replace('./', '')}", but in a FHIR package it is at "package/package.json". ` +
          'Unpack it and name the folder, or repack it with npm pack.',
      );
    },
  );

  it('is accepted if the package folder has its own', async () => {
    expect((await files(packed({ path: 'example/package.json', content: '{}' }))).files).toHaveLength(1);
  });
});

describe('a hostile archive', () => {
  it.each<[string, TarEntry, RegExp]>([
    ['a symbolic link', { path: 'package/a.json', type: 'SymbolicLink', linkpath: '/etc/passwd' }, /is a link/],
    ['a hard link', { path: 'package/a.json', type: 'Link', linkpath: '../../x' }, /is a link/],
    ['a link in place of a folder', { path: 'package', type: 'SymbolicLink', linkpath: '/tmp' }, /is a link/],
    ['a device', { path: 'package/a.json', type: 'CharacterDevice' }, /is a link or a device/],
    ['a pipe', { path: 'package/a.json', type: 'FIFO' }, /is a link or a device/],
    ['an absolute path', { path: '/etc/a.json', content: 'x' }, /"\/etc\/a\.json" is an absolute path/],
    ['a Windows path', { path: 'C:\\a.json', content: 'x' }, /is an absolute path/],
    ['a path that leaves the folder', { path: 'package/../../a.json', content: 'x' }, /is outside the package/],
    [
      'a path that leaves the folder on Windows',
      { path: 'package\\..\\..\\a.json', content: 'x' },
      /is outside the package/,
    ],
    ['a folder that leaves the package', { path: '../out', type: 'Directory' }, /is outside the package/],
    ['a line break in a path', { path: 'package/a\nb.json', content: 'x' }, /control characters in its path/],
  ])('is rejected because of %s', async (_, entry, message) => {
    await expect(files(packed(entry))).rejects.toThrow(message);
  });

  it('is rejected because of a path outside the folder in an extended header', async () => {
    const record = (text: string) => `${text.length + 4} ${text}\n`;
    const header: TarEntry = { path: 'x', type: 'ExtendedHeader', content: record('path=../../evil.json') };
    await expect(files(packed(header, { path: 'package/a.json' }))).rejects.toThrow(/is outside the package/);
  });

  it('has a name that ends at a NUL', async () => {
    const found = await files(packed({ path: 'package/a.json\0/../../evil', content: 'x' }));
    expect(found.files.map(({ name }) => name)).toEqual(['a.json', 'package.json']);
  });

  it('is rejected because of too many entries of any kind', async () => {
    const many = Array.from({ length: 50 }, (_, index): TarEntry => ({ path: `package/${index}`, type: 'Directory' }));
    await expect(files(packed(...many), { entries: 50 })).rejects.toThrow(/more than 50 entries \(limit "entries"\)/);
    await expect(files(packed(...many), { entries: 51 })).resolves.toBeDefined();
  });

  it('is rejected because of a million entries, with the default limits', async () => {
    const [entry, million] = [tarOf([{ path: 'package/x', type: 'Directory' }]).subarray(0, 512), 1_000_000];
    const block = Buffer.alloc(512 * 1_000, entry);
    const packing = createGzip({ level: 1 });
    const pieces = Readable.from(
      (function* () {
        for (let count = 0; count < million; count += 1_000) yield block;
      })(),
    );
    const packedPieces: Buffer[] = [];
    for await (const piece of pieces.pipe(packing)) packedPieces.push(Buffer.from(piece));
    const archive = Buffer.concat(packedPieces);
    await expect(files(archive)).rejects.toThrow(/more than 100000 entries \(limit "entries"\)/);
  });

  it('is rejected because of a decompression bomb, long before it is unpacked', async () => {
    const bomb = packed({ path: 'package/zeros.json', content: Buffer.alloc(64 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(100_000);
    await expect(files(bomb, { unpackedBytes: 1024 * 1024 })).rejects.toThrow(/limit "unpackedBytes"/);
  });

  it('is rejected because of a bomb inside a bomb', async () => {
    await expect(files(gzipSync(packed()))).rejects.toThrow(/compressed twice/);
  });

  it('is not read beyond its end', async () => {
    const archive = gzipSync(Buffer.concat([tarOf([PACKAGE_JSON]), Buffer.alloc(64 * 1024 * 1024)]));
    expect((await files(archive, { unpackedBytes: 1024 * 1024 })).files).toHaveLength(1);
  });

  it('may have a file above the limit, which is listed with its size', async () => {
    const found = await files(packed({ path: 'package/a.json', content: 'x'.repeat(100) }), { fileBytes: 99 });
    expect(found.files[0]).toMatchObject({ name: 'a.json', bytes: 100 });
    expect(found.files[0]?.read()).toHaveLength(0);
  });
});

describe('a damaged archive', () => {
  const whole = tarballOf(GUIDE);

  it.each([
    ['cut short', whole.subarray(0, whole.length - 20), /damaged or incomplete/],
    ['cut to its first bytes', whole.subarray(0, 4), /damaged or incomplete/],
    [
      'with a wrong checksum',
      gzipSync(Buffer.from(tarOf([PACKAGE_JSON])).fill('9', 148, 154)),
      /damaged or incomplete/,
    ],
    ['cut inside a file', gzipSync(tarOf([PACKAGE_JSON]).subarray(0, 520)), /damaged or incomplete/],
    ['that is a web page', Buffer.from('<html>not found</html>'), /not a \.tgz archive/],
    ['of nothing', Buffer.alloc(0), /not a \.tgz archive/],
    ['of compressed nothing', gzipSync(Buffer.alloc(0)), /damaged or incomplete/],
  ])('%s is reported in one line', async (_, archive, message) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a.tgz'), archive);
    expect(await failure(offline(join(folder, 'a.tgz'), cacheOf()))).toMatch(message);
  });

  it('without a package.json is reported in one line, and nothing is written to disk', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a.tgz'), gzipSync(tarOf([{ path: 'package/a.json', content: '{}' }])));
    expect(await failure(offline(join(folder, 'a.tgz'), cacheOf()))).toMatch(/a\.tgz: there is no package\.json/);
    expect(readdirSync(folder)).toEqual(['a.tgz']);
  });

  it('above the size limit is not read', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a.tgz'), whole);
    const line = await failure(offline(join(folder, 'a.tgz'), cacheOf(), { limits: { archiveBytes: 10 } }));
    expect(line).toContain('more than the limit "archiveBytes"');
    expect(existsSync(join(folder, 'a.tgz'))).toBe(true);
  });
});

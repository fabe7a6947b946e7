import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compare } from '../../generator/write/compare.js';
import { write } from '../../generator/write/write.js';
import { output } from './folder-content.js';
import { newFolder } from '../folders.js';
import { contentOf, put } from './folder.js';

const SMALL = {
  'index.ts': 'export {};\n',
  'a/one.ts': '1\n',
  'a/two.ts': '2\n',
  'a/three.ts': '3\n',
  'b/x.ts': 'x\n',
};

describe('write', () => {
  test('creates the folder and its parents, and lists the written files in the manifest', async () => {
    const folder = join(newFolder(), 'deep', 'er');
    const result = await write(output(SMALL), folder);

    const { 'manifest.json': manifest, ...rest } = contentOf(folder);
    expect(rest).toEqual(SMALL);
    expect(JSON.parse(manifest ?? '')).toMatchObject({
      generator: { name: 'fhir-profile-codegen' },
      files: ['a/one.ts', 'a/three.ts', 'a/two.ts', 'b/x.ts', 'index.ts', 'manifest.json'],
    });
    expect(result.written).toHaveLength(6);
    expect(readdirSync(join(folder, '..'))).toEqual(['er']);
  });

  test('replaces changed files, removes obsolete ones, and keeps all others', async () => {
    const folder = newFolder();
    await write(output(SMALL), folder);
    utimesSync(join(folder, 'a/one.ts'), 1, 1);
    utimesSync(join(folder, 'index.ts'), 1, 1);

    // Three changes in one folder are swapped with the folder; the unchanged file in it still keeps its time.
    const next = {
      'index.ts': SMALL['index.ts'],
      'a/one.ts': '1\n',
      'a/two.ts': 'II\n',
      'a/three.ts': 'III\n',
      'a/4.ts': '4',
    };
    const result = await write(output(next), folder);

    expect(contentOf(folder)).toMatchObject(next);
    expect(result).toMatchObject({
      written: ['a/4.ts', 'a/three.ts', 'a/two.ts', 'manifest.json'],
      unchanged: ['a/one.ts', 'index.ts'],
      removed: ['b/x.ts'],
      warnings: [],
    });
    expect(existsSync(join(folder, 'b'))).toBe(false);
    expect(statSync(join(folder, 'a/one.ts')).mtimeMs).toBe(1000);
    expect(statSync(join(folder, 'index.ts')).mtimeMs).toBe(1000);
    expect(
      readdirSync(join(folder, '..')).filter((name) => name.includes(folder.split('/').pop() ?? '?')),
    ).toHaveLength(1);
  });

  test('touches nothing if nothing changed', async () => {
    const folder = newFolder();
    await write(output(SMALL), folder);
    const before = statSync(join(folder, 'manifest.json'));
    const result = await write(output(SMALL), folder);
    expect(result).toMatchObject({ written: [], removed: [] });
    expect(statSync(join(folder, 'manifest.json'))).toMatchObject({ mtimeMs: before.mtimeMs, ino: before.ino });
  });

  test('keeps files of the user in any folder', async () => {
    const folder = newFolder();
    const users = {
      'notes.txt': 'mine',
      'a/mine.ts': 'mine',
      'node_modules/x/index.js': 'x',
      '.git/config': 'c',
      'b/sub/y': 'y',
    };
    put(folder, users);
    await write(output(SMALL), folder);
    await write(output({ 'a/one.ts': 'other', 'a/two.ts': 'other', 'a/three.ts': 'other' }), folder);
    expect(contentOf(folder)).toMatchObject({ ...users, 'a/one.ts': 'other' });
    await write(output({}), folder);
    expect(Object.keys(contentOf(folder))).toEqual([...Object.keys(users), 'manifest.json'].sort());
  });

  test('renames a file of the user that is in the way, and reports it', async () => {
    const folder = newFolder();
    put(folder, { 'README.md': 'mine', 'README.md.orig': 'older', 'manifest.json': '{"short_name":"web app"}' });
    const { warnings } = await write(output({ 'README.md': 'generated' }), folder);
    expect(contentOf(folder)).toMatchObject({
      'README.md': 'generated',
      'README.md.orig': 'older',
      'README.md.orig.2': 'mine',
      'manifest.json.orig': '{"short_name":"web app"}',
    });
    expect(warnings.map((warning) => warning.message)).toEqual([
      `'README.md' in '${folder}' was not written by the generator: kept as 'README.md.orig.2'`,
      `'manifest.json' in '${folder}' was not written by the generator: kept as 'manifest.json.orig'`,
    ]);
    // From then on it belongs to the generator.
    expect((await write(output({ 'README.md': 'newer' }), folder)).warnings).toEqual([]);
  });

  test('treats files of a former generator without a list of files as its own', async () => {
    const folder = newFolder();
    put(folder, { 'a/one.ts': 'old', 'manifest.json': '{"generator":{"name":"fhir-profile-codegen"}}' });
    expect((await write(output({ 'a/one.ts': 'new' }), folder)).warnings).toEqual([]);
    expect(Object.keys(contentOf(folder))).toEqual(['a/one.ts', 'manifest.json']);
  });

  test('ignores a manifest that lists files outside the folder', async () => {
    const folder = newFolder();
    const claimed = ['../victim', '/tmp/victim', '.git/config', 'node_modules/x', 'link/inside'];
    put(folder, {
      'out/manifest.json': JSON.stringify({ generator: { name: 'fhir-profile-codegen' }, files: claimed }),
      'out/.git/config': 'c',
      victim: 'v',
      'elsewhere/inside': 'i',
    });
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'out/link'));
    await write(output({}), join(folder, 'out'));
    expect(contentOf(folder)).toMatchObject({ victim: 'v', 'out/.git/config': 'c', 'elsewhere/inside': 'i' });
  });

  test('writes through no symbolic link inside the folder', async () => {
    const folder = newFolder();
    put(folder, { 'elsewhere/one.ts': 'not yours', 'out/x': '' });
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'out/a'));
    await expect(write(output(SMALL), join(folder, 'out'))).rejects.toThrow(
      `'${folder}/out/a' is a symbolic link: the output would leave its folder; delete the link; the output is as it was before`,
    );
    expect(contentOf(join(folder, 'elsewhere'))).toEqual({ 'one.ts': 'not yours' });
    expect(readdirSync(folder)).toEqual(['elsewhere', 'out']);
  });

  test('replaces a link at the path of a file, not its target', async () => {
    const folder = newFolder();
    put(folder, { precious: 'keep', 'out/x': '' });
    symlinkSync(join(folder, 'precious'), join(folder, 'out/index.ts'));
    await write(output(SMALL), join(folder, 'out'));
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('keep');
    expect(contentOf(join(folder, 'out'))).toMatchObject({ 'index.ts': SMALL['index.ts'], 'index.ts.orig': '(link)' });
  });

  test('follows a link that is the output folder', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'out'));
    await write(output(SMALL), join(folder, 'out'));
    expect(contentOf(join(folder, 'real'))).toMatchObject(SMALL);
    expect(readdirSync(folder)).toEqual(['out', 'real']);
  });

  test('replaces a folder by a file, and a file by a folder', async () => {
    const folder = newFolder();
    await write(output({ a: 'file', 'b/x': 'x', 'b/y': 'y' }), folder);
    await write(output({ 'a/x': 'x', b: 'file' }), folder);
    expect(contentOf(folder)).toMatchObject({ 'a/x': 'x', b: 'file' });
  });

  test.each([
    ['a file of the user where a folder goes', { a: 'mine' }, "a file is in the place of the folder 'a'"],
    [
      'a folder of the user where a file goes',
      { 'index.ts/x': 'mine' },
      "a folder is in the place of the file 'index.ts'",
    ],
  ])('reports an error and leaves everything unchanged for %s', async (_, users, message) => {
    const folder = newFolder();
    put(folder, users);
    await expect(write(output(SMALL), folder)).rejects.toThrow(message);
    expect(contentOf(folder)).toEqual(users);
  });

  test('reports in one line an output that is a file, below a file, or a dead link', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), '');
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dead'));
    await expect(write(output(SMALL), join(folder, 'file'))).rejects.toThrow(
      `the output '${folder}/file' is a file, not a folder: choose another; nothing was written`,
    );
    await expect(write(output(SMALL), join(folder, 'file/out'))).rejects.toThrow('nothing was written');
    await expect(write(output(SMALL), join(folder, 'dead'))).rejects.toThrow(
      'in the path is broken; nothing was written',
    );
    expect(contentOf(folder)).toEqual({ dead: '(link)', file: '' });
  });

  test('rejects files with an invalid path before it writes anything', async () => {
    const folder = newFolder();
    await expect(write(output({ ...SMALL, '../x.ts': '' }), folder)).rejects.toThrow(
      "the output path '../x.ts' has a part . or ..",
    );
    expect(contentOf(folder)).toEqual({});
  });
});

describe('compare', () => {
  test('finds no difference in a current folder with additional files of the user', async () => {
    const folder = newFolder();
    await write(output(SMALL), folder);
    put(folder, {
      'node_modules/x/index.ts': '',
      'dist/index.js': '',
      'a/one.js': '',
      'a/one.d.ts.map': '',
      'tsconfig.json': '',
      LICENSE: '',
      '.npmignore': '',
      'x.tsbuildinfo': '',
      'README.md.orig': '',
    });
    const result = compare(output(SMALL), folder);
    expect(result).toMatchObject({ stale: [], missing: [], surplus: [], interrupted: false });
    expect(result.current).toHaveLength(6);
  });

  test('lists stale, missing and surplus files without writing', async () => {
    const folder = newFolder();
    await write(output({ ...SMALL, 'gone/x.ts': '', 'gone/y.ts': '' }), folder);
    put(folder, { 'a/one.ts': 'edited', 'a/stranger.ts': '', 'stranger.ts': '', 'gone/stranger': '' });
    const before = contentOf(folder);
    const next: Record<string, string> = { ...SMALL, 'c/new.ts': '' };
    expect(compare(output(next), folder)).toMatchObject({
      stale: ['a/one.ts', 'manifest.json'],
      missing: ['c/new.ts'],
      surplus: ['a/stranger.ts', 'gone/stranger', 'gone/x.ts', 'gone/y.ts', 'stranger.ts'],
    });
    expect(contentOf(folder)).toEqual(before);
  });

  test('lists all files as missing if the folder does not exist', () => {
    expect(compare(output(SMALL), join(newFolder(), 'no'))).toMatchObject({ stale: [], surplus: [], current: [] });
  });
});

test.skipIf(process.platform !== 'linux')('reports in one line a folder that cannot contain folders', async () => {
  await expect(write(output(SMALL), '/proc/no-such-folder/out')).rejects.toThrow(
    "cannot write to '/proc/no-such-folder/out': a folder of the path does not exist, or no folder can be made in it (ENOENT); nothing was written",
  );
});

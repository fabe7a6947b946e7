import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type * as Path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compare } from '../../generator/write/compare.js';
import { machineDisk, type Disk } from '../../generator/write/disk.js';
import { write } from '../../generator/write/write.js';
import { output } from './folder-content.js';

// The path functions of the write stage are those of Windows: separators, drives, absolute paths.
vi.mock('node:path', async (original) => {
  const { win32 } = await original<typeof Path>();
  return { ...win32, default: win32 };
});

const DRIVE = 'C:';

/** The path on this machine for a Windows path. */
function here(path: string): string {
  if (!path.startsWith(`${DRIVE}\\`)) throw new Error(`"${path}" is no absolute path of Windows`);
  if (path.includes('/')) throw new Error(`"${path}" has separators of two kinds`);
  return path.slice(DRIVE.length).replaceAll('\\', '/');
}

function there(path: string): string {
  return `${DRIVE}${path.replaceAll('/', '\\')}`;
}

/** The disk with Windows paths. */
const windows: Disk = {
  entry: (path) => machineDisk.entry(here(path)),
  real: (path) => there(machineDisk.real(here(path))),
  read: (path) => machineDisk.read(here(path)),
  list: (path) => machineDisk.list(here(path)),
  create: (path, content) => machineDisk.create(here(path), content),
  makeFolder: (path) => {
    const missing: string[] = [];
    for (let folder = here(path); !existsSync(folder); folder = folder.slice(0, folder.lastIndexOf('/'))) {
      missing.unshift(folder);
    }
    // The real function splits paths by this machine's separators, so it gets one folder at a time.
    for (const folder of missing) machineDisk.makeFolder(folder);
    const [outermost] = missing;
    return outermost === undefined ? undefined : there(outermost);
  },
  rename: (from, to) => machineDisk.rename(here(from), here(to)),
  link: (from, to) => machineDisk.link(here(from), here(to)),
  copy: (from, to) => machineDisk.copy(here(from), here(to)),
  removeFile: (path) => machineDisk.removeFile(here(path)),
  removeFolder: (path) => machineDisk.removeFolder(here(path)),
  removeTree: (path) => machineDisk.removeTree(here(path)),
};

let parent = '';
beforeAll(() => {
  parent = mkdtempSync(`${tmpdir()}/fhir-profile-codegen-windows-`);
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const FIRST = output({ 'index.ts': '1', 'guide.a/x.ts': 'x', 'guide.a/value-sets/v.ts': 'v', 'guide.b/y.ts': 'y' });
const SECOND = output({ 'index.ts': '2', 'guide.a/value-sets/v.ts': 'v' });

describe('on Windows', () => {
  test('the output is the same: the manifest has slashes, and no file is lost or left over', async () => {
    const folder = `${there(parent)}\\sub\\out`;
    const first = await write(FIRST, folder, { disk: windows });
    expect(first).toMatchObject({
      folder,
      written: ['guide.a/value-sets/v.ts', 'guide.a/x.ts', 'guide.b/y.ts', 'index.ts', 'manifest.json'],
    });
    const manifest: unknown = JSON.parse(readFileSync(`${parent}/sub/out/manifest.json`, 'utf8'));
    expect(manifest).toMatchObject({ files: first.written });
    expect(readFileSync(`${parent}/sub/out/guide.a/value-sets/v.ts`, 'utf8')).toBe('v');
    expect(compare(FIRST, folder, windows)).toMatchObject({ stale: [], missing: [], surplus: [], interrupted: false });

    writeFileSync(`${parent}/sub/out/guide.b/mine.txt`, 'mine');
    const second = await write(SECOND, folder, { disk: windows });
    expect(second).toMatchObject({
      written: ['index.ts', 'manifest.json'],
      unchanged: ['guide.a/value-sets/v.ts'],
      removed: ['guide.a/x.ts', 'guide.b/y.ts'],
    });
    expect(readdirSync(`${parent}/sub/out`).sort()).toEqual(['guide.a', 'guide.b', 'index.ts', 'manifest.json']);
    expect(readdirSync(`${parent}/sub/out/guide.b`)).toEqual(['mine.txt']);
    expect(readdirSync(`${parent}/sub`)).toEqual(['out']);
  });
});

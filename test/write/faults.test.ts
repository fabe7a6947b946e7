import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compare } from '../../generator/write/compare.js';
import type { Disk } from '../../generator/write/disk.js';
import { machineDisk } from '../../generator/write/disk.js';
import type { GeneratedFile } from '../../generator/render/file.js';
import { write } from '../../generator/write/write.js';
import { dyingDisk, faultyDisk, systemError } from './faulty-disk.js';
import { output } from './folder-content.js';
import { newFolder } from '../folders.js';
import { contentOf, put } from './folder.js';

const OLD = output({
  'index.ts': '1',
  'a/1': '1',
  'a/2': '1',
  'a/3': '1',
  'a/keep': 'k',
  'b/1': '1',
  'b/2': '1',
  'gone/1': '1',
});
const NEW = output({
  'index.ts': '2',
  'a/1': '2',
  'a/2': '2',
  'a/3': '2',
  'a/keep': 'k',
  'b/1': '2',
  'b/2': '1',
  'new/deep/1': '2',
});
const USERS = { 'mine.txt': 'mine', 'b/mine.txt': 'mine', 'new.txt': 'mine' };

function isWhole(files: readonly GeneratedFile[], folder: string): boolean {
  const { stale, missing } = compare(files, folder);
  return stale.length + missing.length === 0;
}

async function prepared(parent: string): Promise<string> {
  const folder = join(parent, 'out');
  await write(OLD, folder);
  put(folder, USERS);
  return folder;
}

/** A disk without hard links, such as FAT. */
function withoutLinks(disk: Disk): Disk {
  return {
    ...disk,
    link() {
      throw systemError('EPERM');
    },
  };
}

describe.each([
  ['', (disk: Disk): Disk => disk],
  [' on a disk without hard links', withoutLinks],
])('a run that is killed%s', (_, variant) => {
  test('at any step leaves the old or the new output, or a state that the next run completes', async () => {
    let swapping = 0;
    for (let step = 1; ; step++) {
      const parent = newFolder();
      const folder = await prepared(parent);
      const { disk, died } = dyingDisk(step);
      await write(NEW, folder, { disk: variant(disk) }).catch(() => undefined);
      if (!died()) {
        expect(isWhole(NEW, folder)).toBe(true);
        break;
      }
      const old = isWhole(OLD, folder);
      const isNew = isWhole(NEW, folder);
      if (!old && !isNew) {
        swapping++;
        expect(compare(NEW, folder).interrupted).toBe(true);
      }
      expect(contentOf(folder)).toMatchObject(USERS);

      // The lock of the killed process names this one, which lives; its age makes the next run take it over.
      const { warnings } = await write(NEW, folder, { forgotten: -1 });
      if (!old && !isNew)
        expect(warnings[0]?.message).toContain('was interrupted while replacing files: it is now complete');
      expect(compare(NEW, folder)).toMatchObject({ stale: [], missing: [], interrupted: false });
      expect(contentOf(folder)).toMatchObject(USERS);
      expect(Object.keys(contentOf(folder))).toHaveLength(NEW.length + 3);
      expect(readdirSync(parent)).toEqual(['out']);
      rmSync(parent, { recursive: true });
    }
    // The renames of two folders, three files, and additions and removals: at all other steps one output is complete.
    expect(swapping).toBeGreaterThan(0);
    expect(swapping).toBeLessThan(10);
  });

  test('at any step, also in the run that completes its work, leaves such a state', async () => {
    const parent = newFolder();
    const folder = await prepared(parent);
    let deaths = 0;
    for (let step = 1; step < 200; step++) {
      const { disk, died } = dyingDisk(step);
      await write(NEW, folder, { disk: variant(disk), forgotten: -1 }).catch(() => undefined);
      expect(contentOf(folder)).toMatchObject(USERS);
      if (!died()) break;
      deaths++;
    }
    expect(deaths).toBeGreaterThan(10);
    expect(isWhole(NEW, folder)).toBe(true);
    expect(readdirSync(parent)).toEqual(['out']);
  });

  test('at any step of the first run leaves no output or all of it', async () => {
    for (let step = 1; ; step++) {
      const folder = join(newFolder(), 'above', 'out');
      const { disk, died } = dyingDisk(step);
      await write(NEW, folder, { disk: variant(disk) }).catch(() => undefined);
      const content = contentOf(folder);
      if (Object.keys(content).length > 0) expect(isWhole(NEW, folder)).toBe(true);
      if (!died()) break;
      await write(NEW, folder, { forgotten: -1 });
      expect(isWhole(NEW, folder)).toBe(true);
      expect(readdirSync(dirname(folder))).toEqual(['out']);
    }
  });
});

describe('a step that fails', () => {
  test.each([
    ['ENOSPC', 'no space is left on the disk'],
    ['EACCES', 'permission is denied'],
    ['EROFS', 'the file system is read-only'],
  ])('with %s leaves the old output only, or the run recovers', async (code, reason) => {
    let failures = 0;
    for (let step = 1; ; step++) {
      const parent = newFolder();
      const folder = await prepared(parent);
      let reached = false;
      const disk = faultyDisk({
        before(count) {
          if (count !== step) return;
          reached = true;
          throw systemError(code);
        },
      });
      const failure: unknown = await write(NEW, folder, { disk }).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure === undefined) {
        expect(isWhole(NEW, folder)).toBe(true);
      } else {
        failures++;
        expect(failure).toMatchObject({ name: 'CodegenError' });
        expect(String(failure)).toContain(
          `cannot write to '${folder}': ${reason} (${code}); the output is as it was before`,
        );
        expect(isWhole(OLD, folder)).toBe(true);
        expect(readdirSync(parent).filter((name) => name !== 'out' && !name.endsWith('.lock'))).toEqual([]);
      }
      expect(contentOf(folder)).toMatchObject(USERS);
      if (!reached) break;
      rmSync(parent, { recursive: true });
    }
    expect(failures).toBeGreaterThan(10);
  });

  test('and cannot be undone is reported, and the next run completes the work', async () => {
    const folder = await prepared(newFolder());
    let renames = 0;
    const disk = faultyDisk({
      before(_, operation, path) {
        if (operation === 'rename' && !path.endsWith('.json') && ++renames > 2) throw systemError('EIO');
      },
    });
    await expect(write(NEW, folder, { disk })).rejects.toThrow('the output is partly old and partly new');
    expect(compare(NEW, folder).interrupted).toBe(true);
    await write(NEW, folder);
    expect(compare(NEW, folder)).toMatchObject({ stale: [], missing: [], interrupted: false });
  });

  test('after the completion of an interrupted run is reported with the output that exists', async () => {
    const folder = await prepared(newFolder());
    let step = 0;
    do {
      await write(NEW, folder, { disk: dyingDisk(++step).disk, forgotten: -1 }).catch(() => undefined);
    } while (!compare(NEW, folder).interrupted);
    let fresh = false;
    const disk = faultyDisk({
      before(_, operation, path) {
        // The first folder of the new run, after it has completed the work of the other one.
        if (operation === 'makeFolder' && path.endsWith('/new')) fresh = true;
        if (fresh && operation === 'create') throw systemError('ENOSPC');
      },
    });
    const third = output({ 'index.ts': '3' });
    await expect(write(third, folder, { disk, forgotten: -1 })).rejects.toThrow(
      'no space is left on the disk (ENOSPC); the output is complete: it is that of the earlier run, which was interrupted',
    );
    expect(isWhole(NEW, folder)).toBe(true);
  });

  test('while parent folders are created leaves none of them', async () => {
    const parent = newFolder();
    const disk = faultyDisk({
      before(_, operation, path) {
        if (operation === 'create' && !path.endsWith('.lock')) throw systemError('ENOSPC');
      },
    });
    await expect(write(NEW, join(parent, 'a', 'b', 'out'), { disk })).rejects.toThrow('nothing was written');
    expect(readdirSync(parent)).toEqual([]);
  });
});

describe('a read-only folder', () => {
  function readOnly(where: (path: string) => boolean): Disk {
    return faultyDisk({
      before(_, __, path, from) {
        if (where(path) || (from !== undefined && where(from))) throw systemError('EROFS');
      },
    });
  }

  test('above the output does not prevent the run', async () => {
    const parent = newFolder();
    const folder = await prepared(parent);
    const disk = readOnly((path) => !path.startsWith(`${folder}/`) && path !== parent);
    await write(NEW, folder, { disk });
    expect(Object.keys(contentOf(folder))).toHaveLength(NEW.length + 3);
    expect(isWhole(NEW, folder)).toBe(true);
  });

  test('that is the output is reported in one line, and the output stays unchanged', async () => {
    const folder = await prepared(newFolder());
    const before = contentOf(folder);
    const disk = readOnly((path) => path === folder || path.startsWith(`${folder}/`));
    await expect(write(NEW, folder, { disk })).rejects.toThrow(
      `cannot write to '${folder}': the file system is read-only (EROFS); the output is as it was before`,
    );
    expect(contentOf(folder)).toEqual(before);
  });

  test('with a current output needs no permission to write', async () => {
    const folder = await prepared(newFolder());
    const result = await write(OLD, folder, { disk: readOnly(() => true) });
    expect(result.unchanged).toHaveLength(OLD.length);
  });
});

test('a file that a user adds at the moment of the swap survives', async () => {
  const folder = await prepared(newFolder());
  const disk: Disk = {
    ...machineDisk,
    rename(from, to) {
      if (from === join(folder, 'a')) put(folder, { 'a/late.txt': 'mine', 'a/deep/late.txt': 'mine' });
      machineDisk.rename(from, to);
    },
  };
  await write(NEW, folder, { disk });
  expect(contentOf(folder)).toMatchObject({ 'a/late.txt': 'mine', 'a/deep/late.txt': 'mine', 'a/1': '2' });
});

test('a journal with a path outside the folder, through a link, is rejected', async () => {
  const parent = newFolder();
  const folder = await prepared(parent);
  const work = join(parent, '.out.fhir-profile-codegen');
  put(work, {
    'new/x': 'evil',
    'journal.json': JSON.stringify({
      format: 1,
      owned: [],
      moves: [{ from: { place: 'fresh', path: 'x' }, to: { place: 'output', path: '../victim' } }],
    }),
  });
  await expect(write(NEW, folder)).rejects.toThrow('cannot be read');
  expect(readdirSync(parent).sort()).toEqual(['.out.fhir-profile-codegen', 'out']);
  expect(isWhole(OLD, folder)).toBe(true);
});

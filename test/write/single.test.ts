import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineDisk } from '../../generator/write/disk.js';
import { writeSingle } from '../../generator/write/single.js';
import { faultyDisk, systemError } from './faulty-disk.js';
import { newFolder } from '../folders.js';
import { contentOf } from './folder.js';

test('creates the file and its parent folders', () => {
  const folder = newFolder();
  expect(writeSingle(join(folder, 'a/b.json'), '{}')).toBe('written');
  expect(contentOf(folder)).toEqual({ 'a/b.json': '{}' });
});

test('does not touch a file with the same content', () => {
  const path = join(newFolder(), 'b.json');
  writeFileSync(path, '{"é":1}');
  utimesSync(path, 1, 1);
  expect(writeSingle(path, '{"é":1}')).toBe('unchanged');
  expect(statSync(path).mtimeMs).toBe(1000);
});

test('follows a symbolic link', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'real'), 'old');
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  writeSingle(join(folder, 'link'), 'new');
  expect(contentOf(folder)).toEqual({ link: '(link)', real: 'new' });
});

test.each(['create', 'rename'])('leaves only the old file if the disk is full at %s', (failing) => {
  const folder = newFolder();
  const path = join(folder, 'b.json');
  writeFileSync(path, 'old');
  const disk = faultyDisk({
    before(_, operation) {
      if (operation === failing) throw systemError('ENOSPC');
    },
  });
  expect(() => writeSingle(path, 'new', disk)).toThrow(
    `cannot write '${path}': no space is left on the disk (ENOSPC); the previous content is unchanged`,
  );
  expect(readdirSync(folder)).toEqual(['b.json']);
  expect(readFileSync(path, 'utf8')).toBe('old');
});

test('reports a folder at the path in one line', () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'b.json'));
  expect(() => writeSingle(join(folder, 'b.json'), 'new', machineDisk)).toThrow(/^cannot write '.*b\.json': /);
  expect(readdirSync(folder)).toEqual(['b.json']);
});

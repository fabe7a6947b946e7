import type * as Fs from 'node:fs';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import { failure, GUIDE, offline } from './loading.js';
import { definition } from '../guide/definitions.js';
import { cacheOf } from './workspace.js';

const order = vi.hoisted(() => ({ reversed: false }));

// A file system may list a folder in any order.
vi.mock('node:fs', async (original) => {
  const real = await original<typeof Fs>();
  const listed = (path: string): string[] => {
    const names = real.readdirSync(path).sort();
    return order.reversed ? names.reverse() : names;
  };
  return { ...real, readdirSync: listed, default: real };
});

describe('the same package is read to the same definitions', () => {
  const guide = { ...GUIDE, dependencies: { held: '1.x' } };
  const held = ['1.0.0', '1.2.0', '1.1.0'].map((version) => ({ name: 'held', version }));

  it('from a folder that is listed in another order', async () => {
    const cache = cacheOf(guide, ...held);
    const first = await offline('example.guide#1.0.0', cache);
    order.reversed = true;
    try {
      expect(readdirSync(cache)[0]).toBe('hl7.fhir.r4.core#4.0.1');
      expect(await offline('example.guide#1.0.0', cache)).toEqual(first);
    } finally {
      order.reversed = false;
    }
  });

  it('from files with Windows line ends and byte order marks', async () => {
    const spread = (content: unknown): string =>
      `\uFEFF${JSON.stringify(content, null, 2).replaceAll('\n', '\r\n')}\r\n`;
    const { definitions } = await offline('example.guide#1.0.0', cacheOf(GUIDE));
    const packageJson = { name: GUIDE.name, version: GUIDE.version, fhirVersions: ['4.0.1'], dependencies: {} };
    const entries = Object.entries(GUIDE.files).map(([name, content]) => [name, spread(content)]);
    const files = { ...Object.fromEntries(entries), 'package.json': spread(packageJson) };
    const other = await offline('example.guide#1.0.0', cacheOf({ ...GUIDE, files }));
    expect(other.definitions).toEqual(definitions);
    expect(definitions.root.resources).toHaveLength(3);
  });
});

describe('a cache that changes while it is read', () => {
  const file = 'StructureDefinition-b.json';

  it('fails with one line if a file of the package itself disappears', async () => {
    const cache = cacheOf(GUIDE);
    const onProgress = (): void => rmSync(join(cache, 'example.guide#1.0.0', 'package', file), { force: true });
    expect(await failure(offline('example.guide#1.0.0', cache, { onProgress }))).toMatch(
      /^example\.guide#1\.0\.0: StructureDefinition-b\.json cannot be read: ENOENT/,
    );
  });

  it('causes a warning if a file of a dependency, or a whole dependency, disappears', async () => {
    const root = { name: 'a', version: '1.0.0', dependencies: { 'example.guide': '1.0.0' } };
    const cache = cacheOf(root, GUIDE);
    const folder = join(cache, 'example.guide#1.0.0');
    const without = (path: string) => (line: string) => {
      if (line === 'Reading example.guide#1.0.0') rmSync(path, { recursive: true });
    };
    const one = await offline('a#1.0.0', cache, { onProgress: without(join(folder, 'package', file)) });
    expect(one.definitions.packages[1]?.resources).toHaveLength(2);
    expect(one.warnings.map(oneLine)).toEqual([
      expect.stringMatching(/^example\.guide#1\.0\.0: StructureDefinition-b\.json is left out.*ENOENT/),
    ]);
    const all = await offline('a#1.0.0', cache, { onProgress: without(folder) });
    expect(all.definitions.missing).toMatchObject([
      { name: 'example.guide', reason: expect.stringContaining('ENOENT') },
    ]);
  });

  it('is read with the content that a replaced file has in the end', async () => {
    const cache = cacheOf(GUIDE);
    const folder = join(cache, 'example.guide#1.0.0', 'package');
    const onProgress = (): void =>
      writeFileSync(join(folder, file), JSON.stringify(definition('ValueSet', 'http://example.org/z')));
    const { definitions } = await offline('example.guide#1.0.0', cache, { onProgress });
    expect(definitions.root.resources.map(({ url }) => url)).toContain('http://example.org/z');
  });
});

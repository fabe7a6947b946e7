import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../folders.js';
import { failure, labelsOf, offline } from './loading.js';
import { structureDefinition } from '../guide/definitions.js';
import { cacheOf, tarballOf, type TestPackage, writePackage } from './workspace.js';

const GUIDE: TestPackage = { name: 'example.guide', version: '1.0.0', dependencies: { 'example.base': '2.0.0' } };

function base(version: string): TestPackage {
  return {
    name: 'example.base',
    version,
    files: { 'StructureDefinition-a.json': structureDefinition(`http://example.org/base/${version}`) },
  };
}

/** A `.tgz` of a package, in its own folder. */
function archiveOf(entry: TestPackage): string {
  const path = join(newFolder(), `${entry.name}-${entry.version}.tgz`);
  writeFileSync(path, tarballOf(entry));
  return path;
}

describe('packages given with --with', () => {
  it('satisfy a dependency that is not in the cache', async () => {
    const loaded = await offline('example.guide#1.0.0', cacheOf(GUIDE), { packages: [archiveOf(base('2.0.0'))] });
    expect(labelsOf(loaded)).toEqual(['example.guide#1.0.0', 'example.base#2.0.0', 'hl7.fhir.r4.core#4.0.1']);
    expect(loaded.warnings).toEqual([]);
  });

  it('have priority over the cache', async () => {
    const folder = newFolder();
    writePackage(folder, { ...base('2.0.0'), files: {} });
    const loaded = await offline('example.guide#1.0.0', cacheOf(GUIDE, base('2.0.0')), { packages: [folder] });
    expect(loaded.definitions.packages[1]?.resources).toEqual([]);
  });

  it.each(['2.0.x', '^2.0.0', 'latest'])('satisfy the range %s', async (range) => {
    const guide = { ...GUIDE, dependencies: { 'example.base': range } };
    const packages = [archiveOf(base('2.0.3')), archiveOf(base('2.0.7')), archiveOf(base('1.9.0'))];
    const loaded = await offline('example.guide#1.0.0', cacheOf(guide), { packages });
    expect(labelsOf(loaded)[1]).toBe('example.base#2.0.7');
  });

  it('are loaded even if no package depends on them, in the given order', async () => {
    const packages = [
      archiveOf({ name: 'example.z', version: '1.0.0' }),
      archiveOf({ name: 'example.a', version: '1.0.0' }),
    ];
    const loaded = await offline('example.guide#1.0.0', cacheOf(GUIDE, base('2.0.0')), { packages });
    expect(labelsOf(loaded).slice(1, 4)).toEqual(['example.base#2.0.0', 'example.z#1.0.0', 'example.a#1.0.0']);
  });

  it('replace another version that no source has, with a warning', async () => {
    const loaded = await offline('example.guide#1.0.0', cacheOf(GUIDE), { packages: [archiveOf(base('2.0.1'))] });
    expect(labelsOf(loaded)).toContain('example.base#2.0.1');
    expect(loaded.definitions.missing).toEqual([]);
    expect(loaded.warnings).toHaveLength(1);
    expect(loaded.warnings[0]?.where.package).toBe('example.base#2.0.0');
    expect(loaded.warnings[0]?.message).toMatch(
      /^2\.0\.1, which you provided, is used instead: it is not in the FHIR cache/,
    );
  });

  it('do not replace another version that the cache has', async () => {
    const packages = [archiveOf(base('2.0.1'))];
    const loaded = await offline('example.guide#1.0.0', cacheOf(GUIDE, base('2.0.0')), { packages });
    expect(labelsOf(loaded).slice(1, 3)).toEqual(['example.base#2.0.0', 'example.base#2.0.1']);
  });

  it('may be given by name', async () => {
    const cache = cacheOf({ ...GUIDE, dependencies: {} }, base('2.0.0'));
    const loaded = await offline('example.guide#1.0.0', cache, { packages: ['example.base#2.0.0'] });
    expect(labelsOf(loaded)).toContain('example.base#2.0.0');
  });

  it.each([
    ['example.gone#1.0.0', /example\.gone#1\.0\.0: it is not in the FHIR cache/],
    ['./no/such.tgz', /this folder or \.tgz does not exist/],
  ])('must exist: %s', async (spec, line) => {
    expect(await failure(offline('example.guide#1.0.0', cacheOf(GUIDE), { packages: [spec] }))).toMatch(line);
  });
});

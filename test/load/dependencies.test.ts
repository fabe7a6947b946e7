import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../folders.js';
import { oneLine } from '../../generator/errors.js';
import { failure, GUIDE, labelsOf, offline } from './loading.js';
import { cacheOf, writePackage } from './workspace.js';

describe('dependencies', () => {
  const named = (name: string, dependencies: Record<string, string>, version = '1.0.0') => ({
    name,
    version,
    dependencies,
  });

  it('are loaded breadth first, each version once, also in cycles', async () => {
    const cache = cacheOf(
      named('a', { b: '1.0.0', c: '1.0.0' }),
      named('b', { d: '1.0.0', a: '1.0.0' }),
      named('c', { d: '2.0.0', b: '1.0.0' }),
      named('d', { e: '1.0.0' }),
      named('d', { e: '1.0.0' }, '2.0.0'),
      named('e', { a: '1.0.0', e: '1.0.0', 'hl7.fhir.r4.core': '4.0.1' }),
    );
    const loaded = await offline('a#1.0.0', cache);
    expect(labelsOf(loaded)).toEqual([
      'a#1.0.0',
      'b#1.0.0',
      'c#1.0.0',
      'd#1.0.0',
      'd#2.0.0',
      'e#1.0.0',
      'hl7.fhir.r4.core#4.0.1',
    ]);
    expect(loaded.warnings).toEqual([]);
  });

  it('that are missing are reported once, with all packages that depend on them', async () => {
    const cache = cacheOf(named('a', { gone: '1.0.0', b: '1.0.0' }), named('b', { gone: '1.0.0', other: '2.x' }));
    const { definitions, warnings } = await offline('a#1.0.0', cache);
    expect(definitions.missing.map(({ name, wantedBy }) => [name, wantedBy])).toEqual([
      ['gone', ['a#1.0.0', 'b#1.0.0']],
      ['other', ['b#1.0.0']],
    ]);
    expect(warnings.map(oneLine)).toEqual([
      'gone#1.0.0: left out, required by a#1.0.0, b#1.0.0: it is not in the FHIR cache; offline, no registry is used.',
      'other#2.x: left out, required by b#1.0.0: it is not in the FHIR cache; offline, no registry is used.',
    ]);
  });

  it('on the root package itself are ignored', async () => {
    const folder = newFolder();
    writePackage(folder, named('a', { b: '1.0.0' }));
    const { definitions } = await offline(folder, cacheOf(named('b', { a: '1.0.0' })));
    expect(definitions.packages.map(({ name }) => name)).toEqual(['a', 'b', 'hl7.fhir.r4.core']);
    expect(definitions.missing).toEqual([]);
  });

  it('are recognized under an alias, as npm and the IG Publisher write it', async () => {
    const cache = cacheOf(
      named('a', { 'b.old': 'npm:b@1.0.0', 'b.new@npm:b': '2.0.0' }),
      named('b', {}),
      named('b', {}, '2.0.0'),
    );
    expect(labelsOf(await offline('a#1.0.0', cache))).toEqual([
      'a#1.0.0',
      'b#1.0.0',
      'b#2.0.0',
      'hl7.fhir.r4.core#4.0.1',
    ]);
  });

  it('with names or versions that are paths are never read', async () => {
    const dependencies = {
      '../../outside': '1.0.0',
      'a/b': '1.0.0',
      constructor: '1.0.0',
      b: '../1.0.0',
      c: '',
      d: 'file:../outside',
    };
    const withProto = JSON.stringify({ name: 'a', version: '1.0.0', dependencies }).replace(
      '{"../',
      '{"__proto__":"1","../',
    );
    const cache = cacheOf({ ...named('a', {}), files: { 'package.json': withProto } });
    const { definitions } = await offline('a#1.0.0', cache);
    expect(definitions.missing.map(({ name, reason }) => [name, reason])).toEqual([
      ['__proto__', 'its name is not a valid package name.'],
      ['../../outside', 'its name is not a valid package name.'],
      ['a/b', 'its name is not a valid package name.'],
      ['constructor', expect.stringContaining('not in the FHIR cache')],
      ['b', 'its version is neither a version nor a range.'],
      ['c', 'its version is neither a version nor a range.'],
      ['d', 'its version is neither a version nor a range.'],
    ]);
  });

  it('stop at the limit of packages', async () => {
    const wanted = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`p${index}`, '1.0.0']));
    const { definitions, warnings } = await offline('a#1.0.0', cacheOf(named('a', wanted)), {
      limits: { packages: 10 },
    });
    expect(definitions.missing).toHaveLength(10);
    expect(warnings.map(oneLine)).toContain(
      'a#1.0.0: more than 10 packages are needed (limit "packages"); the rest is left out',
    );
  });
});

describe('the core package', () => {
  it('is required', async () => {
    const cache = cacheOf(GUIDE);
    rmSync(join(cache, 'hl7.fhir.r4.core#4.0.1'), { recursive: true });
    expect(await failure(offline('example.guide#1.0.0', cache))).toBe(
      'hl7.fhir.r4.core#4.0.1: every profile depends on this package, and it cannot be loaded ' +
        '(provide it with --with, or install it with: ' +
        'npm install --save-dev hl7.fhir.r4.examples@4.0.1): ' +
        'it is not in the FHIR cache; offline, no registry is used.',
    );
  });

  it.each([
    ['4.3.0', 'hl7.fhir.r4b.core'],
    ['5.0.0', 'hl7.fhir.r5.core'],
  ])('of FHIR %s is loaded from the registry of npm', async (version, name) => {
    const cache = cacheOf({ ...GUIDE, fhirVersions: [version] });
    expect(await failure(offline('example.guide#1.0.0', cache, { installedFor: cache }))).toContain(
      `(provide it with --with, or install it with: npm install --save-dev ${name}@${version})`,
    );
  });

  it('is loaded once, and 4.0.1 replaces a correction that is missing', async () => {
    const cache = cacheOf({ ...GUIDE, dependencies: { 'hl7.fhir.r4.core': '4.0.0' } });
    const loaded = await offline('example.guide#1.0.0', cache);
    expect(labelsOf(loaded)).toEqual(['example.guide#1.0.0', 'hl7.fhir.r4.core#4.0.1']);
    expect(loaded.warnings.map(oneLine)).toEqual([expect.stringContaining('4.0.1 is used instead')]);
  });

  it('of R4B is loaded for a package for R4B, and those of other releases are not', async () => {
    const guide = { ...GUIDE, fhirVersions: ['4.3.0'], dependencies: { 'hl7.fhir.r5.core': '5.0.0', b: '1.0.0' } };
    const cache = cacheOf(
      guide,
      { name: 'hl7.fhir.r4b.core', version: '4.3.0', fhirVersions: ['4.3.0'] },
      { name: 'hl7.fhir.r5.core', version: '5.0.0', fhirVersions: ['5.0.0'] },
      { name: 'b', version: '1.0.0', dependencies: { 'hl7.fhir.r4.core': '4.0.1' } },
    );
    const loaded = await offline('example.guide#1.0.0', cache);
    expect(labelsOf(loaded)).toEqual(['example.guide#1.0.0', 'b#1.0.0', 'hl7.fhir.r4b.core#4.3.0']);
    expect(loaded.definitions.missing).toEqual([]);
  });
});

import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../generator/config/config.js';
import { planRuns } from '../../generator/config/plan.js';
import { UsageError } from '../../generator/errors.js';

const PLACES = { cwd: resolve('/work'), output: resolve('/work/generated') };
const FOLDER = resolve('/config');

function plan(config: Config | undefined, spec?: string, flags: { profile?: string[]; out?: string } = {}) {
  const loaded = config === undefined ? undefined : { config, file: resolve(FOLDER, 'c.ts'), folder: FOLDER };
  return planRuns(spec, { profile: [], ...flags }, loaded, PLACES);
}

describe('one run', () => {
  test('takes the pinned snapshot and the default folder if nothing is given', () => {
    expect(plan(undefined)).toEqual([{ profiles: [], out: PLACES.output, parent: PLACES.output, options: {} }]);
    expect(plan({ docLanguage: 'fr' })).toMatchObject([{ out: PLACES.output, options: { docLanguage: 'fr' } }]);
  });

  test.each<[string, Config, string | undefined, { profile?: string[]; out?: string }, object]>([
    ['uses the only package', { packages: ['a#1'] }, undefined, {}, { spec: 'a#1', out: PLACES.output }],
    [
      'resolves paths against the folder of the configuration',
      { packages: ['./a'], out: 'o' },
      undefined,
      {},
      { spec: resolve(FOLDER, 'a'), out: resolve(FOLDER, 'o') },
    ],
    [
      'prefers the spec of the command line',
      { packages: ['a#1', 'b#1'], codeLimit: 5 },
      'c#1',
      {},
      { spec: 'c#1', out: PLACES.output, options: { codeLimit: 5 } },
    ],
    [
      'applies the options that the configuration has for that spec',
      { packages: ['a#1', { spec: 'b#1', out: 'b', npmName: 'b' }] },
      'b#1',
      {},
      { spec: 'b#1', out: resolve(FOLDER, 'b'), options: { npmName: 'b' } },
    ],
    [
      'prefers --out',
      { packages: [{ spec: 'a#1', out: 'a' }] },
      undefined,
      { out: 'x' },
      { out: resolve(PLACES.cwd, 'x') },
    ],
    ['prefers --profile', { include: ['a'], packages: ['a#1'] }, undefined, { profile: ['p'] }, { profiles: ['p'] }],
    [
      'prefers the profiles of the package',
      { include: ['a'], packages: [{ spec: 'a#1', profiles: ['p'] }] },
      undefined,
      {},
      { profiles: ['p'] },
    ],
    [
      'prefers the patterns of the package',
      { profiles: ['p'], packages: [{ spec: 'a#1', exclude: ['x'] }] },
      undefined,
      {},
      { profiles: [], patterns: { exclude: ['x'] } },
    ],
    [
      'combines the patterns of both levels',
      { include: ['a'], packages: [{ spec: 'a#1', exclude: ['x'] }] },
      undefined,
      {},
      { patterns: { include: ['a'], exclude: ['x'] } },
    ],
    [
      'combines the names of both levels',
      { names: { a: 'A', b: 'B' }, packages: [{ spec: 'a#1', names: { b: 'C' } }] },
      undefined,
      {},
      { options: { names: { a: 'A', b: 'C' } } },
    ],
  ])('%s', (_, config, spec, flags, expected) => {
    expect(plan(config, spec, flags)).toMatchObject([expected]);
  });

  test('ignores patterns if the command line names profiles', () => {
    expect(plan({ include: ['a'] }, undefined, { profile: ['p'] })[0]).not.toHaveProperty('patterns');
  });
});

describe('several runs', () => {
  test('have a folder each, or one below the common folder', () => {
    const runs = plan({ packages: ['a#1', { spec: 'b#1', out: 'b' }], out: 'all', npmVersion: '2.0.0' });
    expect(runs).toMatchObject([
      { spec: 'a#1', parent: resolve(FOLDER, 'all'), options: { npmVersion: '2.0.0' } },
      { spec: 'b#1', out: resolve(FOLDER, 'b') },
    ]);
    expect(runs[0]?.out).toBeUndefined();
    const flagged = plan({ packages: ['a#1', { spec: 'b#1', out: 'b' }] }, undefined, { out: 'x' });
    expect(flagged.map(({ out, parent }) => [out, parent])).toEqual([
      [undefined, resolve('/work/x')],
      [undefined, resolve('/work/x')],
    ]);
  });

  test.each<[string, Config, string]>([
    [
      'the same folder',
      {
        packages: [
          { spec: 'a#1', out: 'x' },
          { spec: 'b#1', out: './x' },
        ],
      },
      'a#1 and b#1 cannot both be written to',
    ],
    [
      'a folder inside that of another package',
      {
        packages: [
          { spec: 'a#1', out: 'x/y' },
          { spec: 'b#1', out: 'x' },
        ],
      },
      'cannot both be written to',
    ],
    ['the same npm name', { packages: ['a#1', 'b#1'], npmName: 'x' }, 'npmName: a#1 and b#1 cannot both be called x'],
  ])('cannot have %s', (_, config, message) => {
    expect(() => plan(config)).toThrow(UsageError);
    expect(() => plan(config)).toThrow(message);
  });

  test('may have folders with a common prefix', () => {
    expect(
      plan({
        packages: [
          { spec: 'a#1', out: 'x' },
          { spec: 'b#1', out: 'x-y' },
          { spec: 'c#1', out: '..z' },
        ],
      }),
    ).toHaveLength(3);
  });
});

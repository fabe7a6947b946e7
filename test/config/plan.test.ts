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
  test('without anything: the pinned snapshot, into the default folder', () => {
    expect(plan(undefined)).toEqual([{ profiles: [], out: PLACES.output, parent: PLACES.output, options: {} }]);
    expect(plan({ docLanguage: 'fr' })).toMatchObject([{ out: PLACES.output, options: { docLanguage: 'fr' } }]);
  });

  test.each<[string, Config, string | undefined, { profile?: string[]; out?: string }, object]>([
    ['the only package', { packages: ['a#1'] }, undefined, {}, { spec: 'a#1', out: PLACES.output }],
    [
      'paths of the configuration',
      { packages: ['./a'], out: 'o' },
      undefined,
      {},
      { spec: resolve(FOLDER, 'a'), out: resolve(FOLDER, 'o') },
    ],
    [
      'a spec of the command line',
      { packages: ['a#1', 'b#1'], codeLimit: 5 },
      'c#1',
      {},
      { spec: 'c#1', out: PLACES.output, options: { codeLimit: 5 } },
    ],
    [
      'what is known of that spec',
      { packages: ['a#1', { spec: 'b#1', out: 'b', npmName: 'b' }] },
      'b#1',
      {},
      { spec: 'b#1', out: resolve(FOLDER, 'b'), options: { npmName: 'b' } },
    ],
    ['--out', { packages: [{ spec: 'a#1', out: 'a' }] }, undefined, { out: 'x' }, { out: resolve(PLACES.cwd, 'x') }],
    ['--profile', { include: ['a'], packages: ['a#1'] }, undefined, { profile: ['p'] }, { profiles: ['p'] }],
    [
      'profiles of a package',
      { include: ['a'], packages: [{ spec: 'a#1', profiles: ['p'] }] },
      undefined,
      {},
      { profiles: ['p'] },
    ],
    [
      'patterns of a package',
      { profiles: ['p'], packages: [{ spec: 'a#1', exclude: ['x'] }] },
      undefined,
      {},
      { profiles: [], patterns: { exclude: ['x'] } },
    ],
    [
      'patterns of both',
      { include: ['a'], packages: [{ spec: 'a#1', exclude: ['x'] }] },
      undefined,
      {},
      { patterns: { include: ['a'], exclude: ['x'] } },
    ],
    [
      'names of both',
      { names: { a: 'A', b: 'B' }, packages: [{ spec: 'a#1', names: { b: 'C' } }] },
      undefined,
      {},
      { options: { names: { a: 'A', b: 'C' } } },
    ],
  ])('%s', (_, config, spec, flags, expected) => {
    expect(plan(config, spec, flags)).toMatchObject([expected]);
  });

  test('profiles of the command line leave no patterns', () => {
    expect(plan({ include: ['a'] }, undefined, { profile: ['p'] })[0]).not.toHaveProperty('patterns');
  });
});

describe('several runs', () => {
  test('each has a folder of its own, or one below the common one', () => {
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
      'one folder',
      {
        packages: [
          { spec: 'a#1', out: 'x' },
          { spec: 'b#1', out: './x' },
        ],
      },
      'a#1 and b#1 cannot both be written to',
    ],
    [
      'a folder in the other',
      {
        packages: [
          { spec: 'a#1', out: 'x/y' },
          { spec: 'b#1', out: 'x' },
        ],
      },
      'cannot both be written to',
    ],
    ['one npm name', { packages: ['a#1', 'b#1'], npmName: 'x' }, 'npmName: a#1 and b#1 cannot both be called x'],
  ])('not with %s', (_, config, message) => {
    expect(() => plan(config)).toThrow(UsageError);
    expect(() => plan(config)).toThrow(message);
  });

  test('folders whose names start alike are two', () => {
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

import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesIn, importsBelow, importsOf } from './imports.js';
import { breachOf, EDGE, partOf, SHARED, STAGES } from './laws.js';

const IMPORTS = importsBelow(resolve(import.meta.dirname, '../../generator'));

/**
 * Imports that break a law and have not been mended yet. This list only gets shorter: a line that is not needed any
 * more fails the test just as a new breach does.
 */
const KNOWN: readonly string[] = [];

/** Circles that are left, by the files in them; the same holds for this list. */
const KNOWN_CIRCLES: readonly (readonly string[])[] = [
  ['render/array-type.ts', 'render/bare.ts', 'render/item-type.ts', 'render/object-type.ts'],
  ['render/package-files.ts', 'render/render.ts'],
];

describe('the generator', () => {
  it('has no folder or file but those that the laws speak of', () => {
    const known = new Set([...STAGES, ...Object.keys(SHARED), ...EDGE]);
    const parts = new Set(IMPORTS.flatMap(({ from, to }) => [partOf(from), partOf(to)]));
    expect([...parts].filter((part) => !known.has(part))).toEqual([]);
  });

  it('imports along the way of the data: types from stages before, functions from shared vocabulary', () => {
    const breaches = new Map(
      IMPORTS.flatMap((one): [string, string][] => {
        const breach = breachOf(one);
        return breach === undefined ? [] : [[`${one.from} -> ${one.to}`, breach]];
      }),
    );
    const fresh = [...breaches].filter(([place]) => !KNOWN.includes(place)).map((one) => one.join(': '));
    expect(fresh, 'imports that break a law').toEqual([]);
    const mended = KNOWN.filter((place) => !breaches.has(place));
    expect(mended, 'mended: take these out of KNOWN').toEqual([]);
  });

  it('has no files that import one another in a circle', () => {
    expect(circlesIn(IMPORTS)).toEqual(KNOWN_CIRCLES);
  });
});

describe('reading imports', () => {
  it('tells types from values', () => {
    const text = `
      import { a, type B } from './values.js';
      import { type C, type D } from './types.js';
      import type { E } from '../up/types.js';
      import './effect.js';
      export { f } from './values.js';
      export type { G } from './types.js';
      export * from './all.js';
      type H = import('./types.js').H;
      const later = import('./values.js');
      import fs from 'node:fs';`;
    const isType = importsOf('pin/one.ts', text).map((one) => [one.to, one.isType]);
    expect(isType).toEqual([
      ['pin/values.ts', false],
      ['pin/types.ts', true],
      ['up/types.ts', true],
      ['pin/effect.ts', false],
      ['pin/values.ts', false],
      ['pin/types.ts', true],
      ['pin/all.ts', false],
      ['pin/types.ts', true],
      ['pin/values.ts', false],
    ]);
  });

  it('finds circles, types included', () => {
    const edges = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['c', 'd'],
    ];
    expect(circlesIn(edges.map(([from = '', to = '']) => ({ from, to, isType: true })))).toEqual([['a', 'b', 'c']]);
  });

  it.each([
    ['pin/a.ts', 'load/b.ts', false, 'calls a function of load'],
    ['pin/a.ts', 'load/b.ts', true, undefined],
    ['pin/a.ts', 'model/b.ts', true, 'model comes after pin'],
    ['diff/a.ts', 'model/b.ts', false, 'calls a function of model'],
    ['render/a.ts', 'fhir/b.ts', false, undefined],
    ['fhir/a.ts', 'pin/b.ts', true, 'fhir is shared vocabulary'],
    ['facts/a.ts', 'model/b.ts', true, undefined],
    ['facts/a.ts', 'model/b.ts', false, 'facts is shared vocabulary'],
    ['write/a.ts', 'run/b.ts', true, 'no stage knows what calls it'],
    ['run/a.ts', 'pin/b.ts', false, undefined],
  ])('%s -> %s (type: %s)', (from, to, isType, breach) => {
    if (breach === undefined) expect(breachOf({ from, to, isType })).toBeUndefined();
    else expect(breachOf({ from, to, isType })).toContain(breach);
  });
});

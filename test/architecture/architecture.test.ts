import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesIn, importsBelow, importsOf, outsideBelow } from './imports.js';
import { breachOf, EDGE, ENDS, partOf, SHARED, STAGES } from './laws.js';

const GENERATOR = resolve(import.meta.dirname, '../../generator');
const IMPORTS = importsBelow(GENERATOR);

describe('the sources of the generator', () => {
  it('belong to a stage or to a shared vocabulary', () => {
    const known = new Set([...STAGES, ...Object.keys(SHARED), ...EDGE]);
    const parts = new Set(IMPORTS.flatMap(({ from, to }) => [partOf(from), partOf(to)]));
    expect([...parts].filter((part) => !known.has(part))).toEqual([]);
  });

  it('are described in CONTRIBUTING.md, folder by folder', () => {
    const page = readFileSync(resolve(GENERATOR, '../CONTRIBUTING.md'), 'utf8');
    const folders = readdirSync(GENERATOR, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const described = [...page.matchAll(/^\| .*$/gm)].join('\n');
    expect(folders.map(({ name }) => name).filter((name) => !described.includes(`\`${name}/\``))).toEqual([]);
  });

  it('import types from earlier stages and functions from shared vocabularies only', () => {
    const breaches = IMPORTS.flatMap((one) => {
      const breach = breachOf(one);
      return breach === undefined ? [] : [`${one.from} -> ${one.to}: ${breach}`];
    });
    expect(breaches).toEqual([]);
  });

  it('contain no import cycles', () => {
    expect(circlesIn(IMPORTS)).toEqual([]);
  });

  it('reach the disk and the network at the edges only', () => {
    const outside = outsideBelow(GENERATOR).filter(({ file }) => !ENDS.includes(partOf(file)));
    expect(outside).toEqual([]);
  });
});

describe('the reader of imports', () => {
  it('distinguishes imports of types from imports of values', () => {
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

  it('finds cycles, also those of types alone', () => {
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
  ])('%s imports %s (types only: %s)', (from, to, isType, breach) => {
    if (breach === undefined) expect(breachOf({ from, to, isType })).toBeUndefined();
    else expect(breachOf({ from, to, isType })).toContain(breach);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANYTHING,
  type CodeSet,
  difference,
  type Extent,
  intersection,
  isExact,
  NOTHING,
  systemSet,
  union,
} from '../../generator/terminology/code-set.js';

const CODES = ['a', 'b', 'c', 'd'];
const SYSTEMS = ['s', 't'];

/** The actual set, and what is known of it. */
interface Sample {
  readonly truth: ReadonlySet<string>;
  readonly known: CodeSet;
}

const concepts = (codes: readonly string[]) => new Map(codes.map((code) => [code, { code }]));

/** Sets of codes in two systems of four codes, each known exactly, in part, with surplus codes, or not at all. */
const sample: fc.Arbitrary<Sample> = fc
  .tuple(
    fc.tuple(...SYSTEMS.map(() => fc.subarray(CODES))),
    fc.tuple(...SYSTEMS.map(() => fc.constantFrom<Extent>('exact', 'atLeast', 'atMost'))),
    fc.tuple(...SYSTEMS.map(() => fc.subarray(CODES))),
    fc.boolean(),
  )
  .map(([codes, extents, others, anything]) => {
    const truth = new Set(SYSTEMS.flatMap((system, index) => (codes[index] ?? []).map((code) => `${system} ${code}`)));
    const sets = SYSTEMS.map((system, index) => {
      const own = codes[index] ?? [];
      const other = others[index] ?? [];
      const extent = extents[index] ?? 'exact';
      const listed = {
        exact: own,
        atLeast: own.filter((code) => other.includes(code)),
        atMost: [...new Set([...own, ...other])],
      };
      return systemSet(system, extent, concepts(listed[extent]));
    });
    // If the systems of missing codes are unknown, one system may be missing completely.
    if (!anything) return { truth, known: union(sets) };
    return { truth, known: { systems: union(sets.slice(0, 1)).systems, anything: true } };
  });

function check(truth: (code: string) => boolean, known: CodeSet): void {
  for (const system of SYSTEMS) {
    for (const code of CODES) {
      const isIn = truth(`${system} ${code}`);
      const codes = known.systems.get(system);
      const isListed = codes?.concepts.has(code) ?? false;
      const place = `${system} ${code} in ${JSON.stringify([...known.systems].map(([name, item]) => [name, item.extent, [...item.concepts.keys()]]))}`;
      if (codes === undefined) {
        if (!known.anything) expect(isIn, `${place} is ruled out`).toBe(false);
      } else if (codes.extent === 'exact') {
        if (isListed || !known.anything) expect(isIn, place).toBe(isListed);
      } else if (codes.extent === 'atLeast') {
        if (isListed) expect(isIn, `${place} is said to be in`).toBe(true);
      } else if (!isListed && !known.anything) {
        expect(isIn, `${place} is ruled out`).toBe(false);
      }
    }
  }
}

describe('sets of partially known codes', () => {
  it('have a correct union', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) =>
        check((code) => a.truth.has(code) || b.truth.has(code), union([a.known, b.known])),
      ),
      { numRuns: 3000 },
    );
  });

  it('have a correct intersection', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) =>
        check((code) => a.truth.has(code) && b.truth.has(code), intersection(a.known, b.known)),
      ),
      { numRuns: 3000 },
    );
  });

  it('have a correct difference', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) =>
        check((code) => a.truth.has(code) && !b.truth.has(code), difference(a.known, b.known)),
      ),
      { numRuns: 3000 },
    );
  });

  it('stay exact if all operands are exact', () => {
    const exact = (codes: readonly string[]) => systemSet('s', 'exact', concepts(codes));
    fc.assert(
      fc.property(fc.subarray(CODES), fc.subarray(CODES), (a, b) => {
        for (const set of [
          union([exact(a), exact(b)]),
          intersection(exact(a), exact(b)),
          difference(exact(a), exact(b)),
        ]) {
          expect(isExact(set)).toBe(true);
        }
      }),
    );
  });

  it('include the empty set and the set of all codes', () => {
    const some = systemSet('s', 'exact', concepts(['a']));
    expect(union([NOTHING, some])).toEqual(some);
    expect(intersection(ANYTHING, some).systems.get('s')).toEqual({ extent: 'atMost', concepts: concepts(['a']) });
    expect(difference(some, ANYTHING).systems.get('s')).toEqual({ extent: 'atMost', concepts: concepts(['a']) });
    expect(intersection(NOTHING, some).systems.size).toBe(0);
  });
});

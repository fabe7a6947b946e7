import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conforms } from '../../templates/runtime/guard.js';
import type { ProfileTable } from '../../templates/runtime/table.js';
import { validate } from '../../templates/runtime/validate.js';
import { codeSet, extensionProfile, extensionSlice, issuesOf, sample, sampleProfile } from './sample.js';

/** A profile with every kind of rule, for values that are not resources. */
const named = extensionProfile('https://example.org/named', 'string');
const circular: ProfileTable = {
  url: 'https://example.org/circular',
  type: 'Extension',
  rule: {
    children: {
      extension: {
        slicing: {
          rules: 'open',
          slices: [{ name: 'again', when: [{ at: '$this', profiles: [() => circular] }], rule: {} }],
        },
      },
    },
  },
};
const table = sampleProfile({
  extension: {
    slicing: { rules: 'open', slices: [extensionSlice('named', named), extensionSlice('circular', circular)] },
  },
  identifier: {
    min: 1,
    slicing: {
      rules: 'closed',
      ordered: true,
      slices: [
        { name: 'a', when: [{ at: 'system', is: { fixed: 'urn:a' } }], rule: { max: 1 } },
        { name: 'b', when: [{ at: 'type.coding', is: { codes: codeSet(['x']) } }], rule: { min: 1 } },
        { name: 'c', when: [{ at: 'assigner.resolve()', types: ['Organization'] }], rule: {} },
      ],
    },
  },
  code: { pattern: { coding: [{ code: 'x' }] }, suggested: codeSet(['x']) },
  'value[x]': { types: [{ code: 'Quantity', profiles: [() => ({ url: 'q', type: 'Quantity', rule: {} })] }] },
  subject: { types: [{ code: 'Reference', targets: ['Patient|https://example.org/p'] }] },
  date: { children: { extension: { min: 1 } } },
  part: { children: { part: { max: 0 } } },
});
const members = Object.keys(table.base ?? {}).flatMap((name) => [name, `_${name}`, name.replace('[x]', 'Quantity')]);
const keys = fc.constantFrom(
  ...members,
  'resourceType',
  '__proto__',
  'constructor',
  'toString',
  'length',
  'url',
  'system',
);
const values = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom<unknown>(
      undefined,
      null,
      true,
      0,
      -1,
      1.5,
      NaN,
      '',
      'x',
      '#',
      'Patient/1',
      1n,
      Symbol.iterator,
      () => 1,
    ),
    fc.constantFrom<unknown>(new Date(0), new Map([[1, 2]]), /x/, Object.create(null), new Uint8Array(2)),
    fc.string({ unit: 'binary' }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.sparseArray(tie('any'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(keys, tie('any')), { maxLength: 8 })
    .map((entries) => Object.fromEntries(entries) as unknown),
})).any;

const FUZZ = { seed: 20240101, numRuns: Number(process.env['FUZZ_RUNS'] ?? 1000) };

describe('guard and validator', () => {
  it('never throw, and agree, for any value', () => {
    fc.assert(
      fc.property(values, (value) => {
        const before = describeValue(value);
        const rooted = typeof value === 'object' && value !== null ? { ...value, resourceType: 'Sample' } : value;
        for (const each of [value, rooted, sample({ part: [value], extension: [value], identifier: [value] })]) {
          const issues = validate(table, each);
          expect(conforms(table, each)).toBe(issues.every(({ severity }) => severity !== 'error'));
          for (const issue of issues) expect(issue.expression).toMatch(/^Sample/);
        }
        expect(describeValue(value)).toBe(before);
      }),
      FUZZ,
    );
  });

  it('reject a value whose parts throw', () => {
    const raise = (): never => {
      throw Object.defineProperty({}, Symbol.toPrimitive, { get: raise });
    };
    const traps = ['ownKeys', 'getOwnPropertyDescriptor', 'get', 'getPrototypeOf'].map(
      (trap) => new Proxy({ text: 'x' }, { [trap]: raise }),
    );
    const getter = Object.defineProperty({ resourceType: 'Sample' }, 'status', { get: raise, enumerable: true });
    for (const value of [...traps.map((part) => sample({ code: part })), getter, sample({ part: [getter] })]) {
      const issues = validate(table, value);
      expect(issues.map(({ code }) => code)).toContain('exception');
      expect(conforms(table, value)).toBe(false);
    }
  });

  it('accept frozen objects and objects without prototype', () => {
    const value = Object.freeze(Object.assign(Object.create(null) as object, sample()));
    expect(issuesOf(sampleProfile(), value)).toEqual([]);
  });

  it('validate inherited members, which readers would see and JSON would not contain', () => {
    const inherited = Object.setPrototypeOf(sample(), { count: 'not a number' }) as object;
    expect(issuesOf(sampleProfile(), inherited)).toEqual(['error structure Sample.count']);
    class Own {
      readonly resourceType = 'Sample';
      readonly status = 'final';
    }
    expect(issuesOf(sampleProfile(), new Own())).toEqual([]);
  });

  it('are not misled by members of Object.prototype', () => {
    const value: unknown = JSON.parse(
      '{"resourceType":"Sample","status":"final","__proto__":{"count":1},"constructor":1}',
    );
    expect(issuesOf(sampleProfile(), value)).toEqual([
      'error structure Sample.__proto__',
      'error structure Sample.constructor',
    ]);
  });
});

describe('limits of size', () => {
  const nested = (depth: number, leaf: object, wrap: (inner: object) => object): object => {
    let value = leaf;
    for (let i = 0; i < depth; i++) value = wrap(value);
    return value;
  };
  const leaf = { url: 'x', valueString: 'x' };

  it('apply to nesting', () => {
    const deep = nested(10_000, leaf, (inner) => ({ url: 'x', extension: [inner] }));
    const issues = validate(sampleProfile(), sample({ extension: [deep] }));
    expect(issues.map(({ code }) => code)).toEqual(['too-long']);
    const usual = nested(50, leaf, (inner) => ({ url: 'x', extension: [inner] }));
    expect(validate(sampleProfile(), sample({ extension: [usual] }))).toEqual([]);
  });

  it('apply to nesting of unknown types', () => {
    const deep = nested(10_000, { resourceType: 'Group' }, (inner) => ({ resourceType: 'Group', member: [inner] }));
    expect(issuesOf(sampleProfile(), sample({ contained: [deep] }))).toEqual([]);
  });

  it('stop in a cycle', () => {
    const part: { name: string; part?: unknown } = { name: 'x' };
    part.part = [part, part];
    expect(validate(sampleProfile(), sample({ part: [part] })).map(({ code }) => code)).toEqual(['too-long']);
    const extension: { url: string; extension?: unknown } = { url: 'x' };
    extension.extension = [extension];
    expect(conforms(table, sample({ extension: [extension] }))).toBe(false);
  });

  it('stop if parts are shared exponentially', () => {
    const shared = nested(100, leaf, (inner) => ({ url: 'x', extension: [inner, inner] }));
    expect(validate(sampleProfile(), sample({ extension: [shared] })).map(({ code }) => code)).toEqual(['too-costly']);
  });

  it('stop in an endless array', () => {
    const endless = new Proxy([], { get: (_, key) => (key === 'length' ? 2 ** 50 : { value: '1' }) });
    expect(conforms(sampleProfile(), sample({ identifier: endless }))).toBe(false);
    const sparse: unknown[] = [];
    sparse.length = 2 ** 32 - 1;
    expect(conforms(sampleProfile(), sample({ alias: sparse }))).toBe(false);
  });

  it('stop in an array of holes, at any place', () => {
    const holes = (): unknown[] => new Array<unknown>(4e9);
    for (const part of [
      { part: holes() },
      { alias: ['x'], _alias: holes() },
      { identifier: holes() },
      { extension: holes() },
      { code: { coding: holes() } },
      { meta: { profile: holes() } },
      { contained: holes() },
    ]) {
      for (const each of [table, sampleProfile(), sampleProfile({ code: { codes: codeSet(['x']) } })]) {
        expect(validate(each, sample(part)).map(({ code }) => code)).toContain('too-costly');
        expect(conforms(each, sample(part))).toBe(false);
      }
    }
  });

  it('allow many values in one array', () => {
    const many = Array.from({ length: 150_000 }, () => 'x');
    const contained = [{ resourceType: 'Patient', id: 'a', words: many }];
    expect(issuesOf(sampleProfile(), sample({ contained, subject: { reference: '#a' } }))).toEqual([]);
  });

  it('apply to the number of issues', () => {
    const identifier = Array.from({ length: 5000 }, () => ({ value: 1 }));
    const issues = validate(sampleProfile(), sample({ identifier }));
    expect(issues).toHaveLength(1000);
    expect(issues.at(-1)?.code).toBe('too-costly');
  });

  it('count information separately, so that it never hides an error', () => {
    const remarking = sampleProfile({ category: { suggested: codeSet(['x']) } });
    const category = Array.from({ length: 2000 }, () => ({ coding: [{ system: 'https://example.org/s', code: 'y' }] }));
    const issues = validate(remarking, sample({ category }));
    expect(new Set(issues.map(({ severity }) => severity))).toEqual(new Set(['information']));
    expect(issues.length).toBeLessThan(1000);
    expect(conforms(remarking, sample({ category }))).toBe(true);
    const wrong = sample({ category, subject: 1 });
    expect(validate(remarking, wrong).map(({ severity }) => severity)).toContain('error');
    expect(conforms(remarking, wrong)).toBe(false);
  });

  it('apply to the quoted values', () => {
    const members = { status: 'x'.repeat(10_000_000), ['y'.repeat(10_000_000)]: 1, count: 'a\n\u0000"'.repeat(100) };
    for (const issue of validate(sampleProfile(), sample(members))) expect(issue.diagnostics.length).toBeLessThan(400);
  });

  /** Work that grows with the square of the items would take minutes. */
  it('allow many items in many slices', () => {
    const slices = Array.from({ length: 10 }, (_, i) => ({
      name: `s${i}`,
      when: [{ at: 'system', is: { fixed: `urn:${i}` } }],
      rule: {},
    }));
    const identifier = Array.from({ length: 10_000 }, (_, i) => ({ system: `urn:${i % 12}`, value: String(i) }));
    const many = sampleProfile({ identifier: { slicing: { rules: 'open', slices } } });
    expect(validate(many, sample({ identifier }))).toEqual([]);
  });

  it('allow many references', () => {
    const contained = Array.from({ length: 10_000 }, (_, i) => ({ resourceType: 'Group', id: `g${i}` }));
    const focus = contained.map(({ id }) => ({ reference: `#${id}` }));
    expect(validate(sampleProfile(), sample({ contained, focus }))).toEqual([]);
  });
});

/** A text that shows whether a value was changed. */
function describeValue(value: unknown): string {
  try {
    return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
  } catch {
    return 'circular';
  }
}

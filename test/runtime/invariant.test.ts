import fhirpath from 'fhirpath';
import { describe, expect, it } from 'vitest';
import { simpleCheck } from '../../generator/fhir/invariant.js';
import { conforms } from '../../templates/runtime/guard.js';
import { holds } from '../../templates/runtime/invariant-check.js';
import { assertConforms, parse, schema, validate } from '../../templates/runtime/internal.js';
import type { InvariantRule } from '../../templates/runtime/table.js';
import { issuesOf, sample, sampleProfile } from './sample.js';

describe('an invariant checked without an engine', () => {
  const VALUES: readonly object[] = [
    {},
    { a: 1 },
    { a: 1, b: 2 },
    { a: 2, b: 1 },
    { a: 1, b: 1 },
    { a: 'x' },
    { a: 'y', c: [{ s: 'x', t: 'y' }] },
    { c: [{ s: 'x' }, { t: 'y' }] },
    { c: [{ s: 'x', t: 'z' }] },
    { c: [{ s: 'x', d: [{ e: 'v' }] }] },
    { a: '2020-01-01', b: '2020-01-02' },
    { a: '2020-01-02', b: '2020-01-01' },
    { a: 1.5 },
    {
      c: [
        { s: 'x', t: 'y' },
        { s: 'x', t: 'y' },
      ],
    },
  ];

  it.each([
    'a.exists() and b.exists()',
    'a.empty() or b.empty() or a <= b',
    'a.empty() or b.empty() or a < b',
    'a.empty() or b.empty() or a >= b',
    'a.empty() or b.empty() or a > b',
    "a.empty() or a.toString().contains('.').not()",
    "a.exists() implies a.toString().startsWith('x')",
    "a.empty() or a in ('x' | 'y' | 'z')",
    "c.where(s = 'x' and t = 'y').exists()",
    "c.where(s = 'x').empty()",
    "c.exists(s = 'x').not()",
    "c.where(s = 'x').d.where(e = 'v').exists()",
    "c.where(s = 'x').d.exists(e = 'v') implies a.exists()",
    '(a.count() + b.count()) > 0',
    // Expressions with empty results: of logic, of absent values.
    "a = 'x'",
    "(a = 'x').not()",
    "a = 'x' implies c.exists()",
    "c.where(s = 'x').t = 'y' implies a.exists()",
    "a.exists() or c.where(s = 'x').t = 'y'",
    "c.exists() xor c.where(s = 'x').t = 'y'",
    'a <= b',
  ])('gives the result of an engine: %s', (expression) => {
    const check = simpleCheck(expression);
    if (check === undefined) throw new Error('it needs an engine');
    const verdicts = VALUES.map((value) => {
      try {
        const [result] = fhirpath.evaluate(value, expression) as unknown[];
        // An empty result is not true.
        return result === true;
      } catch {
        // Values of different types are not ordered.
        return undefined;
      }
    });
    expect(new Set(verdicts).size).toBeGreaterThan(1);
    VALUES.forEach((value, index) => {
      if (verdicts[index] !== undefined)
        expect(holds(check, value) === true, JSON.stringify(value)).toBe(verdicts[index]);
    });
  });

  it('passes if values are not comparable', () => {
    const check = simpleCheck('start <= end');
    expect(check && holds(check, { start: '2020', end: '2020-05-01' })).toBe(true);
    expect(check && holds(check, { start: '2021', end: '2020-05-01' })).toBe(false);
  });
});

const invariant = (key: string, severity: InvariantRule['severity'] = 'error'): InvariantRule => ({
  key,
  severity,
  human: `${key} holds.`,
  expression: `${key}()`,
});
const table = sampleProfile(
  { part: { invariants: [invariant('p-1'), invariant('p-2')] } },
  { invariants: [invariant('s-1'), invariant('s-2', 'warning')] },
);

describe('an invariant that needs an engine', () => {
  it('is skipped without one, and reported on request', () => {
    const value = sample({ part: [{ name: 'x' }, { name: 'y' }] });
    expect(validate(table, value)).toEqual([]);
    expect(validate(table, value, { report: 'unevaluated' })).toEqual([
      {
        severity: 'information',
        code: 'not-supported',
        expression: 'Sample',
        diagnostics: '3 invariants not evaluated without a FHIRPath engine: p-1, p-2, s-1',
      },
    ]);
    expect(conforms(table, value, { report: 'unevaluated' })).toBe(true);
    expect(validate(sampleProfile(), value, { report: 'unevaluated' })).toEqual([]);
    expect(validate(table, value, { report: 'unevaluated', fhirpath: () => true })).toEqual([]);
  });

  it('has the text of the guide in the issue', () => {
    const [issue] = validate(table, sample(), { fhirpath: () => false });
    expect(issue).toMatchObject({ severity: 'error', diagnostics: 's-1: s-1 holds.', details: 's-1()' });
  });

  it('is not reported in addition for an empty element', () => {
    const own = sampleProfile({ part: { invariants: [invariant('p-1')] } });
    const value = sample({ part: [{}] });
    expect(issuesOf(own, value, { fhirpath: () => false })).toEqual(['error structure Sample.part[0]']);
  });

  it('throws an error to the caller if the engine returns promises', () => {
    const options = { fhirpath: () => Promise.resolve(true) };
    const message = 'The FHIRPath engine returned a promise for s-1(): it must evaluate synchronously';
    expect(() => conforms(table, sample(), options)).toThrow(new TypeError(message));
    expect(() => validate(table, sample(), options)).toThrow(TypeError);
    expect(() => parse(table, sample(), options)).toThrow(TypeError);
    expect(() => assertConforms(table, sample(), options)).toThrow(TypeError);
    expect(() => schema(table, options)['~standard'].validate(sample())).toThrow(TypeError);
  });

  it('leaves no unhandled rejection of such a promise', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const fhirpath = (): unknown => Promise.reject(new Error('late'));
      expect(() => validate(table, sample(), { fhirpath })).toThrow(TypeError);
      await new Promise((resolve) => setTimeout(resolve, 5));
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(unhandled).toEqual([]);
  });

  it('is reported as information if the engine throws', () => {
    const fhirpath = (): never => {
      throw new Error('no function s-1');
    };
    expect(issuesOf(table, sample(), { fhirpath })).toEqual([
      'information exception Sample',
      'information exception Sample',
    ]);
  });
});

describe('all functions that validate take the option', () => {
  const own = sampleProfile({ code: { min: 1 } }, { invariants: [invariant('s-1')] });
  const value = sample({
    code: { text: 'x' },
    alias: ['x', null],
    _alias: [{ id: 'a' }, { extension: [{ url: 'u', valueCode: 'x' }] }],
  });
  const failing = { fhirpath: () => false };

  it.each([
    ['complete', { complete: true }],
    ['fhirpath', failing],
    [
      'profiles',
      { profiles: new Map([['u', { url: 'u', type: 'Extension', rule: { children: { 'value[x]': { max: 0 } } } }]]) },
    ],
  ])('%s', (_, options) => {
    const json = JSON.stringify(value);
    expect([conforms(own, value), validate(own, value), parse(own, json).ok]).toEqual([true, [], true]);
    expect(conforms(own, value, options)).toBe(false);
    expect(validate(own, value, options)).toHaveLength(1);
    expect(parse(own, json, options)).toEqual({ ok: false, issues: validate(own, value, options) });
    expect(() => assertConforms(own, value, options)).toThrow();
    expect(schema(own, options)['~standard'].validate(value).issues).toHaveLength(1);
    expect(schema(own).with(options)['~standard'].validate(value).issues).toHaveLength(1);
  });

  it('language', () => {
    const options = { language: 'fr' } as const;
    const text = 'au moins 1 élément requis, 0 trouvé';
    expect(validate(own, sample(), options)[0]?.diagnostics).toBe(text);
    expect(parse(own, JSON.stringify(sample()), options).issues[0]?.diagnostics).toBe(text);
    expect(parse(own, '{', options).issues[0]?.diagnostics).toMatch(/^JSON invalide : /);
    expect(() => assertConforms(own, sample(), options)).toThrow(`Sample.code: ${text}`);
    expect(schema(own, options)['~standard'].validate(sample()).issues?.[0]?.message).toBe(`Sample.code: ${text}`);
  });

  it('null, which means no options', () => {
    expect(conforms(own, value, null)).toBe(true);
    expect(validate(own, value, null)).toEqual([]);
    expect(parse(own, JSON.stringify(value), null).ok).toBe(true);
    expect(() => assertConforms(own, value, null)).not.toThrow();
    expect(schema(own, null)['~standard'].validate(value).issues).toBeUndefined();
  });
});

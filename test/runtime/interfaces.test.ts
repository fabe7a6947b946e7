import { describe, expect, it } from 'vitest';
import { ProfileError, ref, referenceTo, toOperationOutcome } from '../../templates/runtime/index.js';
import { assertConforms, parse, schema, sliceReader, validate } from '../../templates/runtime/internal.js';
import { extensionProfile, extensionSlice, sample, sampleProfile } from './sample.js';

const table = sampleProfile({ code: { min: 1 } });
const good = sample({ code: { text: 'x' } });
const bad = sample({ colour: 1 });

describe('assertConforms', () => {
  it('accepts a value that conforms', () => {
    expect(() => assertConforms(table, good)).not.toThrow();
  });

  it('throws an error with all issues', () => {
    const error = caught(() => assertConforms(table, bad));
    expect(error).toBeInstanceOf(ProfileError);
    const { profile, issues, message } = error as ProfileError;
    expect(profile).toBe(table.url);
    expect(issues).toEqual(validate(table, bad));
    expect(message).toContain('Sample.code');
    expect(message).toContain('Sample.colour');
  });

  it('has a short message', () => {
    const many = sample(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`x${i}`, 1])));
    expect((caught(() => assertConforms(table, many)) as ProfileError).message.split('\n')).toHaveLength(7);
  });
});

describe('parse', () => {
  it('reads JSON text', () => {
    expect(parse(table, JSON.stringify(good))).toEqual({ ok: true, value: good, issues: [] });
    expect(parse(table, `\uFEFF${JSON.stringify(good)}`).ok, 'after a byte order mark').toBe(true);
  });

  it('accepts a value', () => {
    const parsed = parse(table, good);
    expect(parsed.ok && parsed.value).toBe(good);
  });

  it('returns issues', () => {
    expect(parse(table, bad)).toEqual({ ok: false, issues: validate(table, bad) });
  });

  it.each(['{', '', 'null', '"x"', '[1'])('rejects %j', (json) => {
    const parsed = parse(table, json);
    expect(parsed.ok).toBe(false);
    expect(parsed.issues).toMatchObject([{ severity: 'error', code: 'structure', expression: 'Sample' }]);
  });
});

describe('schema', () => {
  const { '~standard': standard } = schema(table);

  it('is a Standard Schema', () => {
    expect(standard.version).toBe(1);
    expect(standard.vendor).toBe('fhir-profile-codegen');
    expect(standard.validate(good)).toEqual({ value: good });
  });

  it('returns issues with paths', () => {
    const value = sample({ code: { text: 'x' }, identifier: [{ value: 1, 'a.b': 1 }] });
    const result = standard.validate(value);
    expect(result.issues?.map(({ path }) => path)).toEqual([
      ['identifier', 0, 'value'],
      ['identifier', 0, 'a.b'],
    ]);
  });

  it('does not accept text', () => {
    expect(standard.validate(JSON.stringify(good)).issues).toHaveLength(1);
  });
});

describe('toOperationOutcome', () => {
  it('contains the issues', () => {
    const outcome = toOperationOutcome(validate(table, bad));
    expect(outcome.resourceType).toBe('OperationOutcome');
    expect(outcome.issue).toMatchObject([
      { severity: 'error', code: 'structure', expression: ['Sample.colour'] },
      { severity: 'error', code: 'required', expression: ['Sample.code'] },
    ]);
  });

  it('has an issue even if there are none', () => {
    expect(toOperationOutcome([]).issue).toMatchObject([{ severity: 'information', code: 'informational' }]);
  });
});

describe('sliceReader', () => {
  const named = extensionProfile('https://example.org/named', 'string');
  const slices = [extensionSlice('one', named, { max: 1 })];
  const table = sampleProfile({
    identifier: {
      slicing: { rules: 'open', slices: [{ name: 'a', when: [{ at: 'system', is: { fixed: 'urn:a' } }], rule: {} }] },
    },
    part: { children: { extension: { slicing: { rules: 'open', slices } } } },
  });
  const a = { system: 'urn:a', value: '1' };
  const readOf = (path: string, name: string, of: object): unknown =>
    sliceReader<object, never, unknown>(table, path, name)(of);
  const extension = { url: named.url, valueString: 'x' };

  it('returns the items of a slice', () => {
    expect(readOf('identifier', 'a', { identifier: [{ value: '1' }, a, a] })).toEqual([a, a]);
    expect(readOf('identifier', 'a', {})).toEqual([]);
  });

  it('returns the item of a slice with max 1', () => {
    expect(readOf('part.extension', 'one', { extension: [{ url: 'x' }, extension] })).toBe(extension);
    expect(readOf('part.extension', 'one', { extension: [{ url: 'x' }] })).toBeUndefined();
  });
});

describe('functions for references', () => {
  it('write references as FHIR requires', () => {
    expect(ref('Patient', '1')).toEqual({ reference: 'Patient/1' });
    expect(referenceTo({ resourceType: 'Patient', id: '1' })).toEqual({ reference: 'Patient/1' });
    expect(referenceTo({ resourceType: 'Patient' }, 'urn:oid:1.2')).toEqual({ reference: 'urn:oid:1.2' });
  });

  it('require a type and an id', () => {
    expect(() => referenceTo({ resourceType: 'Patient' })).toThrow(TypeError);
  });
});

function caught(action: () => void): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

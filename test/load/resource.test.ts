import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../generator/load/limits.js';
import { readResource } from '../../generator/load/resource.js';

const read = (text: string, limits = {}) => readResource(Buffer.from(text), { ...DEFAULT_LIMITS, ...limits });

describe('readResource', () => {
  it.each(['StructureDefinition', 'ValueSet', 'CodeSystem'])('keeps a %s unchanged', (type) => {
    const resource = { resourceType: type, url: 'http://example.org/a', version: '1', more: { '€': ['é', null, 1e3] } };
    expect(read(JSON.stringify(resource, null, 2))).toMatchObject({ kind: 'definition', resource });
  });

  it('ignores a byte order mark', () => {
    expect(read('\uFEFF{"resourceType":"ValueSet","url":"http://example.org/a"}').kind).toBe('definition');
  });

  it.each([
    ['{"resourceType":"Patient"}', 'other'],
    ['{"resourceType":["ValueSet"],"url":"http://example.org/a"}', 'other'],
    ['{"url":"http://example.org/a"}', 'other'],
    ['[]', 'other'],
    ['null', 'other'],
    ['"StructureDefinition"', 'other'],
    ['{"resourceType":"ValueSet"}', 'unusable'],
    ['{"resourceType":"ValueSet","url":""}', 'unusable'],
    ['{"resourceType":"ValueSet","url":{"a":1}}', 'unusable'],
    ['{"resourceType":"ValueSet","url":"http://example.org/a","version":2}', 'unusable'],
    ['', 'broken'],
    ['{"resourceType":"ValueSet","url":"http://example.org/a"', 'broken'],
    ['{"resourceType":"ValueSet" "url"}', 'broken'],
    ['<html>', 'broken'],
    ['"a\\', 'broken'],
  ])('classifies %s as %s', (text, kind) => {
    expect(read(text).kind).toBe(kind);
  });

  it('keeps members named like those of Object.prototype as plain members', () => {
    const content = read('{"resourceType":"ValueSet","url":"u","__proto__":{"polluted":1},"constructor":2}');
    if (content.kind !== 'definition') throw new Error(content.kind);
    expect(Object.keys(content.resource)).toEqual(['resourceType', 'url', '__proto__', 'constructor']);
    expect(Object.getPrototypeOf(content.resource)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  it('does not parse excessive nesting, not counting brackets in strings', () => {
    const deep = `{"resourceType":"ValueSet","url":"u","a":${'['.repeat(1e6)}${']'.repeat(1e6)}}`;
    expect(read(deep)).toEqual({
      kind: 'excessive',
      why: 'it is nested 1000001 deep, more than the limit "fileDepth" of 200',
    });
    expect(read(`{"resourceType":"ValueSet","url":"${'[{\\"'.repeat(1000)}"}`).kind).toBe('definition');
    expect(read('{"resourceType":"ValueSet","url":"u","a":[[]]}', { fileDepth: 3 }).kind).toBe('definition');
    expect(read('{"resourceType":"ValueSet","url":"u","a":[[[]]]}', { fileDepth: 3 }).kind).toBe('excessive');
  });

  it('does not parse 50 MB of empty objects', () => {
    const bytes = Buffer.alloc(50 * 1024 * 1024, '{},');
    expect(readResource(bytes, DEFAULT_LIMITS)).toMatchObject({
      kind: 'excessive',
      why: /limit "fileValues" of 3000000/,
    });
  });
});

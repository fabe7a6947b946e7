import { describe, expect, it } from 'vitest';
import type { Definitions } from '../../generator/load/definitions.js';
import type { ConformanceResource, FhirPackage } from '../../generator/fhir/package.js';
import { CanonicalLookup } from '../../generator/fhir/canonical-lookup.js';
import { parseCanonical } from '../../generator/fhir/canonical.js';

function resource(url: string, version?: string, more: Partial<ConformanceResource> = {}): ConformanceResource {
  return { resourceType: 'StructureDefinition', url, ...(version === undefined ? {} : { version }), ...more };
}

function pack(label: string, resources: ConformanceResource[], dependencies: Record<string, string> = {}): FhirPackage {
  const [name = '', version = ''] = label.split('#');
  return { name, version, fhirVersions: ['4.0.1'], dependencies, resources };
}

function lookup(root: FhirPackage, ...rest: FhirPackage[]): CanonicalLookup {
  const definitions: Definitions = { root, packages: [root, ...rest], missing: [] };
  return new CanonicalLookup(definitions);
}

const A = 'http://example.org/a';

describe('CanonicalLookup', () => {
  it('takes the first package that defines it, and inside it the first file', () => {
    const found = lookup(
      pack('root#1.0.0', []),
      pack('near#1.0.0', [resource(A, '1', { id: 'first' }), resource(A, '2', { id: 'second' })]),
      pack('far#1.0.0', [resource(A, '9')]),
    ).find('StructureDefinition', A);
    expect(found).toMatchObject({ resource: { id: 'first' }, package: { name: 'near' }, isRequestedVersion: true });
  });

  it('finds the version asked for, wherever it is', () => {
    const all = lookup(pack('root#1.0.0', [resource(A, '1.0.0')]), pack('far#1.0.0', [resource(A, '2.0.0')]));
    expect(all.find('StructureDefinition', `${A}|2.0.0`)).toMatchObject({
      package: { name: 'far' },
      isRequestedVersion: true,
    });
  });

  it('takes the highest version when the one asked for is not there, and says so', () => {
    const all = lookup(
      pack('root#1.0.0', [resource(A, '1.9.0')]),
      pack('b#1.0.0', [resource(A, '1.10.0')]),
      pack('c#1.0.0', [resource(A), resource(A, 'draft')]),
    );
    expect(all.find('StructureDefinition', `${A}|7.0.0`)).toMatchObject({
      resource: { version: '1.10.0' },
      isRequestedVersion: false,
    });
  });

  it('keeps the kinds apart and finds nothing for what nobody defines', () => {
    const all = lookup(pack('root#1.0.0', [resource(A)]));
    expect(all.find('ValueSet', A)).toBeUndefined();
    expect(all.find('StructureDefinition', 'http://example.org/b')).toBeUndefined();
    expect(all.find('StructureDefinition', 'constructor')).toBeUndefined();
    expect(all.find('StructureDefinition', '')).toBeUndefined();
  });

  it.each([
    ['http://example.org/a%5Bx%5D', 'http://example.org/a[x]'],
    ['http://example.org/a[x]', 'http://example.org/a%5Bx%5D'],
    ['http://example.org/a%5bx%5d', 'http://example.org/a%5Bx%5D'],
    ['http://example.org/50%', 'http://example.org/50%'],
    ['http://example.org/%E9', 'http://example.org/%E9'],
  ])('finds %s by %s', (defined, asked) => {
    const all = lookup(pack('root#1.0.0', [resource(defined, '1.0.0')]));
    expect(all.find('StructureDefinition', asked)?.resource.url).toBe(defined);
    expect(all.find('StructureDefinition', `${asked}|1.0.0`)).toMatchObject({ isRequestedVersion: true });
  });

  describe('with two versions of one package', () => {
    const one = pack('lib#1.0.0', [resource(A, '1.0.0')]);
    const two = pack('lib#2.3.0', [resource(A, '2.3.0')], { own: '1.0.0' });
    const own = pack('own#1.0.0', [resource('http://example.org/own')], { gone: '1.0.0', root: '1.0.0' });
    const old = pack('old#1.0.0', [], { lib: '2.x', cycle: '1.0.0' });
    const cycle = pack('cycle#1.0.0', [], { old: '1.0.0' });
    const aliased = pack('aliased#1.0.0', [], { 'lib.two': 'npm:lib@2.3.0' });
    const root = pack('root#1.0.0', [], { lib: '1.0.0', old: '1.0.0' });
    const all = lookup(root, one, old, aliased, cycle, two, own);

    it.each([
      ['no package', undefined, '1.0.0'],
      ['the root', root, '1.0.0'],
      ['a package that wants the other', old, '2.3.0'],
      ['a package that wants it through another', cycle, '2.3.0'],
      ['a package that wants it under an alias', aliased, '2.3.0'],
      ['the package itself', two, '2.3.0'],
      ['a package that wants neither', own, '1.0.0'],
      ['a package that is not loaded', { name: 'else', version: '1.0.0' }, '1.0.0'],
    ])('seen from %s', (_, from, version) => {
      expect(all.find('StructureDefinition', A, from)?.resource.version).toBe(version);
      expect(all.find('StructureDefinition', A, from)?.resource.version).toBe(version);
    });
  });
});

describe('parseCanonical', () => {
  it.each([
    ['http://example.org/a', { url: 'http://example.org/a', version: undefined }],
    ['http://example.org/a|1.0', { url: 'http://example.org/a', version: '1.0' }],
    ['http://example.org/a|', { url: 'http://example.org/a', version: undefined }],
    ['http://example.org/a|1|2', { url: 'http://example.org/a', version: '1|2' }],
  ])('takes %s apart', (canonical, parts) => {
    expect(parseCanonical(canonical)).toEqual(parts);
  });
});

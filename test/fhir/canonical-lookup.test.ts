import { describe, expect, it } from 'vitest';
import type { Definitions } from '../../generator/load/definitions.js';
import type { ConformanceResource, FhirPackage } from '../../generator/fhir/package.js';
import { CanonicalLookup } from '../../generator/fhir/canonical-lookup.js';
import { parseCanonical } from '../../generator/fhir/canonical.js';
import { structureDefinition } from '../guide/definitions.js';
import { packageOf } from '../guide/package.js';

function resource(url: string, version?: string, more: Partial<ConformanceResource> = {}): ConformanceResource {
  return structureDefinition(url, { version, ...more });
}

function lookup(root: FhirPackage, ...rest: FhirPackage[]): CanonicalLookup {
  const definitions: Definitions = { root, packages: [root, ...rest], missing: [] };
  return new CanonicalLookup(definitions);
}

const A = 'http://example.org/a';

describe('CanonicalLookup', () => {
  it('takes the definition of the first package, and in it that of the first file', () => {
    const found = lookup(
      packageOf('root#1.0.0', []),
      packageOf('near#1.0.0', [resource(A, '1', { id: 'first' }), resource(A, '2', { id: 'second' })]),
      packageOf('far#1.0.0', [resource(A, '9')]),
    ).find('StructureDefinition', A);
    expect(found).toMatchObject({ resource: { id: 'first' }, package: { name: 'near' }, isRequestedVersion: true });
  });

  it('finds the requested version in any package', () => {
    const all = lookup(packageOf('root#1.0.0', [resource(A, '1.0.0')]), packageOf('far#1.0.0', [resource(A, '2.0.0')]));
    expect(all.find('StructureDefinition', `${A}|2.0.0`)).toMatchObject({
      package: { name: 'far' },
      isRequestedVersion: true,
    });
  });

  it('takes the highest version and reports it if the requested version does not exist', () => {
    const all = lookup(
      packageOf('root#1.0.0', [resource(A, '1.9.0')]),
      packageOf('b#1.0.0', [resource(A, '1.10.0')]),
      packageOf('c#1.0.0', [resource(A), resource(A, 'draft')]),
    );
    expect(all.find('StructureDefinition', `${A}|7.0.0`)).toMatchObject({
      resource: { version: '1.10.0' },
      isRequestedVersion: false,
    });
  });

  it('separates the kinds of definitions, and finds nothing for undefined canonicals', () => {
    const all = lookup(packageOf('root#1.0.0', [resource(A)]));
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
  ])('finds the definition %s by the canonical %s', (defined, asked) => {
    const all = lookup(packageOf('root#1.0.0', [resource(defined, '1.0.0')]));
    expect(all.find('StructureDefinition', asked)?.resource.url).toBe(defined);
    expect(all.find('StructureDefinition', `${asked}|1.0.0`)).toMatchObject({ isRequestedVersion: true });
  });

  describe('with two versions of one package', () => {
    const one = packageOf('lib#1.0.0', [resource(A, '1.0.0')]);
    const two = packageOf('lib#2.3.0', [resource(A, '2.3.0')], { own: '1.0.0' });
    const own = packageOf('own#1.0.0', [resource('http://example.org/own')], { gone: '1.0.0', root: '1.0.0' });
    const old = packageOf('old#1.0.0', [], { lib: '2.x', cycle: '1.0.0' });
    const cycle = packageOf('cycle#1.0.0', [], { old: '1.0.0' });
    const aliased = packageOf('aliased#1.0.0', [], { 'lib.two': 'npm:lib@2.3.0' });
    const root = packageOf('root#1.0.0', [], { lib: '1.0.0', old: '1.0.0' });
    const all = lookup(root, one, old, aliased, cycle, two, own);

    it.each([
      ['without a referring package', undefined, '1.0.0'],
      ['from the root package', root, '1.0.0'],
      ['from a package that depends on the other version', old, '2.3.0'],
      ['from a package that depends on it indirectly', cycle, '2.3.0'],
      ['from a package that depends on it under an alias', aliased, '2.3.0'],
      ['from that package itself', two, '2.3.0'],
      ['from a package that depends on neither', own, '1.0.0'],
      ['from a package that is not loaded', { name: 'else', version: '1.0.0' }, '1.0.0'],
    ])('finds the version %s', (_, from, version) => {
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
  ])('separates the address of %s from its version', (canonical, parts) => {
    expect(parseCanonical(canonical)).toEqual(parts);
  });
});

import { describe, expect, it } from 'vitest';
import { bundleRules } from '../../templates/runtime/bundle.js';
import { conforms } from '../../templates/runtime/guard.js';
import { parse } from '../../templates/runtime/parse.js';
import { assertConforms } from '../../templates/runtime/error.js';
import { validateClaims } from '../../templates/runtime/claims.js';
import { schema } from '../../templates/runtime/schema.js';
import type { ProfileTable } from '../../templates/runtime/table.js';
import { validate } from '../../templates/runtime/validate.js';
import { issuesOf, sample, sampleProfile } from './sample.js';

/** A profile whose references must be to groups with a name. */
const named: ProfileTable = {
  url: 'https://example.org/named',
  type: 'Group',
  base: { id: '0..1 id', meta: '0..1 Meta', name: '0..1 string' },
  rule: { children: { name: { min: 1 } } },
};
const referring = sampleProfile({
  focus: { types: [{ code: 'Reference', targets: [`Group|${named.url}`] }] },
});
const bundle: ProfileTable = {
  url: 'https://example.org/bundle',
  type: 'Bundle',
  base: {
    type: '1..1 code',
    entry: { is: '0..* BackboneElement', children: { fullUrl: '0..1 uri', resource: '0..1 Resource' } },
  },
  rule: {
    children: {
      entry: {
        children: { resource: { types: [{ code: 'Sample', profiles: [() => referring] }, { code: 'Group' }] } },
      },
    },
  },
  bundle: bundleRules,
};
const profiles = new Map([[named.url, named]]);
const A = 'https://a.example/fhir/';
const B = 'https://b.example/fhir/';
const UUID = 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520';

/** A group without name, which breaks the profile if a reference is resolved to it. */
const nameless = (fullUrl: string | undefined, versionId?: string) => ({
  ...(fullUrl !== undefined && { fullUrl }),
  resource: { resourceType: 'Group', id: '1', ...(versionId !== undefined && { meta: { versionId } }) },
});

/** FHIR R4, Bundle, "Resolving references in Bundles". */
describe('a reference in a Bundle', () => {
  const isFound = (fullUrl: string | undefined, reference: object, ...entry: object[]): boolean => {
    const from = { ...(fullUrl !== undefined && { fullUrl }), resource: sample({ focus: [reference] }) };
    const value = { resourceType: 'Bundle', type: 'collection', entry: [from, ...entry] };
    return issuesOf(bundle, value, { profiles }).some((issue) => issue.endsWith('focus[0]'));
  };
  const to = (reference: string) => ({ reference });

  it.each<[string, string | undefined, object, object, boolean]>([
    ['by its address', undefined, to(`${A}Group/1`), nameless(`${A}Group/1`), true],
    ['by a urn', undefined, to(UUID), nameless(UUID), true],
    ['by its address on another server', undefined, to(`${B}Group/1`), nameless(`${A}Group/1`), false],
    ['relative to the server of the entry', `${A}Composition/1`, to('Group/1'), nameless(`${A}Group/1`), true],
    ['not on another server', `${B}Composition/1`, to('Group/1'), nameless(`${A}Group/1`), false],
    ['not by the id of an entry with a urn', `${A}Composition/1`, to('Group/1'), nameless(UUID), false],
    ['not by id from an entry with a urn', UUID, to('Group/1'), nameless(`${A}Group/1`), false],
    ['not by id between entries with urns', UUID, to('Group/1'), nameless(`${UUID.slice(0, -1)}0`), false],
    ['not by id from an entry without address', undefined, to('Group/1'), nameless(`${A}Group/1`), false],
    ['by id where no entry has an address', undefined, to('Group/1'), nameless(undefined), true],
    [
      'in the same version where no entry has an address',
      undefined,
      to('Group/1/_history/2'),
      nameless(undefined, '2'),
      true,
    ],
    ['not by another id', undefined, to('Group/2'), nameless(undefined), false],
    [
      'by its address with a port and a path',
      undefined,
      to('http://h:8080/a/b/Group/1'),
      nameless('http://h:8080/a/b/Group/1'),
      true,
    ],
    [
      'not by another scheme',
      `${A}Composition/1`,
      to(`${A}Group/1`.replace('https', 'http')),
      nameless(`${A}Group/1`),
      false,
    ],
    ['not by another path', `${A}v1/Composition/1`, to('Group/1'), nameless(`${A}Group/1`), false],
    [
      'not where the version of the target is unknown',
      `${A}Composition/1`,
      to('Group/1/_history/2'),
      nameless(`${A}Group/1`),
      false,
    ],
    ['in the same version', `${A}Composition/1`, to('Group/1/_history/2'), nameless(`${A}Group/1`, '2'), true],
    ['in the same version, by address', undefined, to(`${A}Group/1/_history/2`), nameless(`${A}Group/1`, '2'), true],
    ['not in another version', `${A}Composition/1`, to('Group/1/_history/3'), nameless(`${A}Group/1`, '2'), false],
    ['in any version', `${A}Composition/1`, to('Group/1'), nameless(`${A}Group/1`, '2'), true],
    ['not by a display', undefined, { display: 'x' }, nameless(undefined), false],
    ['not by an identifier', undefined, { type: 'Group', identifier: { value: '1' } }, nameless(undefined), false],
    [
      'not from an address that is not on a server',
      'https://a.example/Dossiers/1',
      to('Group/1'),
      nameless(undefined),
      false,
    ],
    ['not by a fragment', undefined, to(`${A}Group/1#x`), nameless(`${A}Group/1`), false],
  ])('is resolved %s', (_, fullUrl, reference, entry, found) => {
    expect(isFound(fullUrl, reference, entry)).toBe(found);
  });

  it('is ambiguous if two versions have the same address', () => {
    const both = [nameless(`${A}Group/1`, '1'), nameless(`${A}Group/1`, '2')];
    expect(isFound(undefined, to(`${A}Group/1`), ...both)).toBe(false);
    expect(isFound(undefined, to(`${A}Group/1/_history/1`), ...both)).toBe(true);
  });
});

/** FHIR R4, References, "Literal References", Reference.type. */
describe('the type of a reference', () => {
  it.each<[object, readonly string[]]>([
    [{ reference: 'https://hospital.example/Dossiers/123' }, []],
    [{ reference: 'https://hospital.example/Device/123' }, ['error structure Sample.subject']],
    [{ reference: 'https://hospital.example/Group/123' }, []],
    [{ reference: 'Patient/1', type: 'Patient' }, []],
    [{ reference: 'Patient/1', type: 'http://hl7.org/fhir/StructureDefinition/Patient' }, []],
    [{ reference: 'Patient/1', type: 'Group' }, ['error structure Sample.subject']],
    [{ reference: 'https://hospital.example/Dossiers/123', type: 'Device' }, ['error structure Sample.subject']],
    [{ reference: '#g', type: 'Patient' }, ['error structure Sample.subject']],
    [{ reference: '#g', type: 'Group' }, []],
    [{ reference: 'Dossiers/123' }, ['error structure Sample.subject', 'error value Sample.subject']],
    [{ reference: 'https://hospital.example/Dossiers/123?x=Device/1' }, []],
    [{ reference: 'https://hospital.example/fhir/Device/123/Group/1' }, []],
    [{ reference: 'https://hospital.example/fhir/Group/1/Device/2' }, ['error structure Sample.subject']],
    [{ reference: 'https://hospital.example/fhir/Device' }, []],
    [{ reference: 'https://hospital.example/fhir/Group/1/_history/2', type: 'Group' }, []],
    [
      { reference: 'https://hospital.example/fhir/Group/1/_history/2', type: 'Patient' },
      ['error structure Sample.subject'],
    ],
    [{ reference: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', type: 'Patient' }, []],
    [
      { reference: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', type: 'Device' },
      ['error structure Sample.subject'],
    ],
    [{ reference: 'ftp://hospital.example/Device/1' }, []],
    [{ reference: '/Patient/1' }, ['error value Sample.subject']],
    [{ reference: 'fhir/Patient/1' }, ['error value Sample.subject']],
    [{ reference: 'Patient' }, ['error value Sample.subject']],
    [{ reference: 'Patient/' }, ['error value Sample.subject']],
    [{ reference: 'Patient/a b' }, ['error value Sample.subject']],
    [{ reference: 'https://hospital.example/fhir/Group/1 ' }, ['error value Sample.subject']],
    [{ reference: 'Patient/1/_history/' }, ['error value Sample.subject']],
    [{ reference: 'Patient/1/name' }, ['error value Sample.subject']],
    [{ reference: 'patient/1' }, ['error value Sample.subject']],
    [{ reference: 'Patient?identifier=x|1' }, []],
    [{ type: 'Patient', identifier: { value: '1' } }, []],
    [{ type: 'Device', identifier: { value: '1' } }, ['error structure Sample.subject']],
  ])('is checked: %j', (subject, issues) => {
    const contained = [{ resourceType: 'Group', id: 'g' }];
    const also = JSON.stringify(subject).includes('#g') ? { contained } : {};
    expect(issuesOf(sampleProfile(), sample({ subject, ...also }))).toEqual(issues);
  });
});

it('null is accepted as options', () => {
  expect(conforms(referring, sample(), null)).toBe(true);
  expect(validate(referring, sample(), null)).toEqual([]);
  expect(validate(referring, {}, null)).not.toEqual([]);
  expect(parse(referring, '{}', null).ok).toBe(false);
  expect(() => assertConforms(referring, sample(), null)).not.toThrow();
  expect(validateClaims(profiles, {}, null)).toHaveLength(1);
  expect(schema(referring, null)['~standard'].validate(sample())).toEqual({ value: sample() });
});

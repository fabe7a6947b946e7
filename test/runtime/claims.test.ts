import { describe, expect, it } from 'vitest';
import { validateClaims } from '../../templates/runtime/claims.js';
import { ISSUE_LIMIT } from '../../templates/runtime/run.js';
import type { ProfileTable } from '../../templates/runtime/table.js';

const URL = 'https://example.org/named';
const named: ProfileTable = {
  url: URL,
  type: 'Group',
  base: { id: '0..1 id', meta: '0..1 Meta', name: '0..1 string' },
  rule: { children: { name: { min: 1 } } },
};
const profiles = new Map([[URL, named]]);

const group = (more: object = {}): object => ({ resourceType: 'Group', meta: { profile: [URL] }, ...more });
const bundle = (...resources: unknown[]): object => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => (resource === undefined ? {} : { resource })),
});
const found = (value: unknown): string[] =>
  validateClaims(profiles, value).map(({ severity, code, expression }) => `${severity} ${code} ${expression}`);

describe('a resource', () => {
  it('is validated against the profiles that it claims', () => {
    expect(found(group({ name: 'a' }))).toEqual([]);
    expect(found(group())).toEqual(['error required Group.name']);
  });

  it('that claims no known profile is reported, and is no error', () => {
    expect(found({ resourceType: 'Group' })).toEqual(['information not-supported Resource']);
  });

  it.each([undefined, null, 1, 'Group', [], [group()], {}, { meta: { profile: ['urn:x'] } }, { resourceType: 1 }])(
    'has a resourceType: %j is an error',
    (value) => {
      expect(found(value)).toEqual(['error required Resource.resourceType']);
    },
  );

  it('may have members that throw', () => {
    const throwing = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    expect(found(throwing)).toEqual(['error required Resource.resourceType']);
    expect(found({ resourceType: 'Bundle', entry: [throwing] })).toEqual(['information not-supported Resource']);
  });
});

describe('a Bundle that claims no known profile', () => {
  it('has its entries validated, each against the profiles that it claims', () => {
    expect(found(bundle(group({ name: 'a' }), undefined, group(), { resourceType: 'Patient' }, 1))).toEqual([
      'information not-supported Resource',
      'error required Bundle.entry[2].resource.name',
      'information not-supported Bundle.entry[3].resource',
      'error required Bundle.entry[4].resource.resourceType',
    ]);
  });

  it('does not have the entries of Bundles in it validated', () => {
    expect(found(bundle(bundle(group())))).toEqual([
      'information not-supported Resource',
      'information not-supported Bundle.entry[0].resource',
    ]);
  });

  it('has a limited number of issues', () => {
    const issues = validateClaims(profiles, bundle(...Array.from({ length: ISSUE_LIMIT + 5 }, () => group())));
    expect(issues).toHaveLength(ISSUE_LIMIT);
    expect(issues.at(-1)).toMatchObject({ severity: 'error', code: 'too-costly', expression: 'Bundle' });
  });
});

import { describe, expect, test } from 'vitest';
import { pinnedProfilesOf, profilesOf, select, type Patterns } from '../../generator/config/select.js';
import { profile, snapshot } from '../diff/samples.js';
import { definition, structureDefinition } from '../guide/definitions.js';
import { packageOf } from '../guide/package.js';

const CANDIDATES = [
  { url: 'https://guide.example/a', id: 'a-id', name: 'AName' },
  { url: 'https://guide.example/b', id: 'b-id', name: 'BName' },
  { url: 'https://other.example/c' },
];

describe('patterns', () => {
  test.each<[Patterns, string[], string[]]>([
    [{}, ['a', 'b', 'c'], []],
    [{ include: ['AName'] }, ['a'], ['AName']],
    [{ include: ['b-id', 'https://other.example/*'] }, ['b', 'c'], ['b-id', 'https://other.example/*']],
    [{ exclude: ['*Name'] }, ['c'], ['*Name']],
    [
      { include: ['https://guide.example/*'], exclude: ['a-id', 'nothing'] },
      ['b'],
      ['https://guide.example/*', 'a-id'],
    ],
  ])('select the profiles that match: %j', (patterns, last, used) => {
    const selected = select(CANDIDATES, patterns);
    expect(selected.profiles.map((url) => url.slice(url.lastIndexOf('/') + 1))).toEqual(last);
    expect(new Set(selected.used)).toEqual(new Set(used));
  });

  test.each<[Patterns]>([[{ include: [] }], [{ include: ['x'] }], [{ exclude: ['*'] }]])(
    'that leave no profile are an error: %j',
    (patterns) => {
      expect(() => select(CANDIDATES, patterns)).toThrow('include and exclude leave none of the 3 profiles');
    },
  );
});

test('the profiles of a package are its own constraints on resources and datatypes', () => {
  const resource = (id: string, more: object) => structureDefinition(`urn:${id}`, { id, ...more });
  const root = packageOf('guide.example#1.0.0', [
    resource('a', { derivation: 'constraint', kind: 'resource', name: 'A' }),
    resource('b', { derivation: 'specialization', kind: 'logical' }),
    resource('c', { derivation: 'constraint', kind: 'complex-type', name: 7 }),
    definition('ValueSet', 'urn:d'),
  ]);
  expect(profilesOf(root)).toEqual([
    { url: 'urn:a', id: 'a', name: 'A' },
    { url: 'urn:c', id: 'c', name: undefined },
  ]);
});

test('the profiles of a pinned snapshot are those that it was made for', () => {
  const all = snapshot([profile('a', 'Patient'), profile('b', 'Patient')]);
  const asked = { ...all, profiles: all.profiles.slice(1) };
  expect(pinnedProfilesOf(asked).map(({ id }) => id)).toEqual(['b']);
});

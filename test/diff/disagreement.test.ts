import { describe, expect, it } from 'vitest';
import { type Change, changeOf, type ChangeFact } from '../../generator/diff/change.js';
import type { UnitPair } from '../../generator/diff/exports.js';
import { disagreements } from '../../generator/prove/disagreement.js';

const place = { file: 'guide.example/a', name: 'A' };
const unit: UnitPair = {
  about: 'profile',
  canonical: 'urn:a',
  before: place,
  after: place,
  exports: [{ role: 'value', before: place, after: place, isOfRenamed: false }],
};

const change = (fact: Omit<ChangeFact, 'sentence'>): Change =>
  changeOf({ profile: 'urn:a', name: 'A' }, { ...fact, sentence: 'it changed' });
const raised = change({ kind: 'min-raised', write: 'breaks-compile', read: 'safe' });
const unknown = change({ kind: 'type-profiles', write: 'unknown', read: 'unknown' });
const opened: Change = {
  ...change({ kind: 'value-set-opened', write: 'safe', read: 'breaks-compile' }),
  valueSet: 'urn:v',
};

const fails = (direction: 'write' | 'read') => ({
  unit,
  direction,
  place,
  text: '',
  imports: [],
  message: 'not assignable',
});

function directions(of: UnitPair, changes: readonly Change[], failing: readonly ReturnType<typeof fails>[] = []) {
  return disagreements([of], changes, failing, () => new Set(['urn:a'])).map(
    ({ direction, found, claimed }) => `${direction}: ${found.length > 0 ? 'breaks' : 'compiles'} ${claimed.join()}`,
  );
}

describe('disagreements of verdicts and compiler', () => {
  it.each<[string, string[], string[]]>([
    ['none if a claimed break is found', directions(unit, [raised], [fails('write')]), []],
    ['a break that is not claimed', directions(unit, [], [fails('read')]), ['read: breaks ']],
    ['a claimed break that is not found', directions(unit, [raised]), ['write: compiles min-raised']],
    [
      'a break in the other direction',
      directions(unit, [raised], [fails('read')]),
      ['write: compiles min-raised', 'read: breaks '],
    ],
    ['none if a change with unknown effect breaks', directions(unit, [unknown], [fails('write')]), []],
    ['none if a change with unknown effect does not break', directions(unit, [unknown]), []],
    ['none if a value set is no longer complete and readers break', directions(unit, [opened], [fails('read')]), []],
    [
      'an export that no longer exists',
      directions({ ...unit, exports: [{ role: 'value', before: place, after: undefined, isOfRenamed: false }] }, []),
      ['write: breaks ', 'read: breaks '],
    ],
    [
      'a module with another path',
      directions({ ...unit, after: { ...place, file: 'guide.example/b' } }, []),
      ['write: breaks '],
    ],
    ['a module that no longer exists', directions({ ...unit, after: undefined }, []), ['write: breaks ']],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

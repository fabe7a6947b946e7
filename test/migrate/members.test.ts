import { expect, test } from 'vitest';
import { upgradeOf } from '../../generator/bump-package.js';
import { migrated } from '../../generator/migrate/migrate.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { HELPERS, type Kind, KINDS, VALUE_SETS } from '../diff/kinds.js';
import { sampleSnapshot } from '../model/sample.js';

const LIBRARY = { oldName: 'models', newName: 'models', folder: '/app/generated' };

function sides(kind: Kind | undefined): readonly [PinnedSnapshot, PinnedSnapshot] {
  if (kind === undefined) throw new Error('there is no such kind');
  const side = (name: 'before' | 'after') =>
    sampleSnapshot([...HELPERS, { name: 'Person', type: kind.type, elements: kind[name] }], VALUE_SETS[name]);
  return [side('before'), side('after')];
}

function migrate(name: string, program: string) {
  const [old, next] = sides(KINDS.find((kind) => kind.what === name));
  return migrated('/app/src/program.ts', program, upgradeOf(old, next).renames, LIBRARY);
}

test('a renamed slice changes its method and its key', () => {
  const program = (slice: string, method: string): string =>
    `import { createPerson, PersonBuilder } from 'models';
createPerson({ identifier: { ${slice}: { value: '1' } } });
new PersonBuilder().${method}({ value: '1' });`;
  expect(migrate('a slice has another name', program('a', 'addA'))).toEqual({ text: program('b', 'addB'), left: [] });
});

test('an element that became an array changes set to add', () => {
  const program = (method: string): string =>
    `import { PersonBuilder } from 'models';
new PersonBuilder().${method}({ data: '1' });`;
  expect(migrate('an array of one item may have more', program('setPhoto'))).toEqual({
    text: program('addPhoto'),
    left: [],
  });
});

import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../generator/facts/fact.js';
import { canonical } from '../model/sample.js';
import { KINDS } from './kinds.js';
import { assignable, changesOfVersions, nameOf } from './two-versions.js';

const changes = changesOfVersions();
const compiled = await assignable();

const GRAVITY: readonly Verdict[] = ['safe', 'unknown', 'breaks-validation', 'breaks-compile'];

/** The gravest of several verdicts. */
function gravest(verdicts: readonly Verdict[]): Verdict {
  return GRAVITY[Math.max(0, ...verdicts.map((verdict) => GRAVITY.indexOf(verdict)))] ?? 'safe';
}

describe('a kind of change', () => {
  it.each(KINDS.map((kind) => [kind.what, kind] as const))('%s', (_, kind) => {
    const own = changes.filter((change) => change.profile === canonical(nameOf(kind)));
    expect({
      kinds: own.map((change) => change.kind),
      write: gravest(own.map((change) => change.write)),
      read: gravest(own.map((change) => change.read)),
    }).toEqual({ kinds: kind.kinds, write: kind.write, read: kind.read });
  });
});

describe('the compiler agrees', () => {
  // Where one side could not be resolved, nothing is claimed.
  it.each(KINDS.filter(({ write }) => write !== 'unknown').map((kind) => [kind.what, kind] as const))(
    '%s',
    (_, kind) => {
      expect(compiled.get(nameOf(kind))).toEqual({
        write: kind.write !== 'breaks-compile',
        read: kind.read !== 'breaks-compile',
      });
    },
  );
});

describe('value sets', () => {
  it.each<[string, string, Verdict, Verdict]>([
    ['Grows', 'codes-added', 'safe', 'breaks-compile'],
    ['Shrinks', 'codes-removed', 'breaks-compile', 'safe'],
    ['Opens', 'value-set-opened', 'safe', 'breaks-compile'],
    ['Closes', 'value-set-closed', 'breaks-compile', 'safe'],
    ['Hides', 'value-set-unresolved', 'unknown', 'unknown'],
  ])('%s: %s', (id, kind, write, read) => {
    const own = changes.filter((change) => change.valueSet === `https://example.org/ValueSet/${id}`);
    expect(own.map((change) => ({ kind: change.kind, write: change.write, read: change.read }))).toEqual([
      { kind, write, read },
    ]);
  });

  it.each([
    ['Grows', true, false],
    ['Shrinks', false, true],
    ['Opens', true, false],
    ['Closes', false, true],
  ])('the compiler agrees on %s', (id, write, read) => {
    expect(compiled.get(`Binds${id}`)).toEqual({ write, read });
  });
});

it('impact is breaking when either verdict breaks', () => {
  for (const { write, read, impact } of changes) {
    expect(impact === 'breaking').toBe([write, read].some((verdict) => verdict.startsWith('breaks-')));
  }
});

import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../generator/facts/fact.js';
import { canonical } from '../model/sample.js';
import { KINDS } from './kinds.js';
import { nameOf, provenVersions } from './two-versions.js';

const { changes, proof } = await provenVersions();

const GRAVITY: readonly Verdict[] = ['safe', 'unknown', 'breaks-validation', 'breaks-compile'];

/** The most severe of several verdicts. */
function gravest(verdicts: readonly Verdict[]): Verdict {
  return GRAVITY[Math.max(0, ...verdicts.map((verdict) => GRAVITY.indexOf(verdict)))] ?? 'safe';
}

describe('each kind of change has its verdicts:', () => {
  it.each(KINDS.map((kind) => [kind.what, kind] as const))('%s', (_, kind) => {
    const own = changes.filter((change) => change.profile === canonical(nameOf(kind)));
    expect({
      kinds: own.map((change) => change.kind),
      write: gravest(own.map((change) => change.write)),
      read: gravest(own.map((change) => change.read)),
    }).toEqual({ kinds: kind.kinds, write: kind.write, read: kind.read });
  });
});

describe('the compiler agrees with the verdicts of', () => {
  it.each(KINDS.map((kind) => [kind.what, kind] as const))('%s', (_, kind) => {
    expect(proof.disagreements.filter((one) => one.canonical === canonical(nameOf(kind)))).toEqual([]);
  });

  it('all other changes', () => {
    const own = new Set(KINDS.map((kind) => canonical(nameOf(kind))));
    expect(proof.disagreements.filter((one) => !own.has(one.canonical))).toEqual([]);
  });
});

describe('the verdicts for a value set that', () => {
  it.each<[string, ...(readonly [string, Verdict, Verdict])[]]>([
    ['Grows', ['codes-added', 'safe', 'breaks-compile']],
    ['Shrinks', ['codes-removed', 'breaks-compile', 'safe'], ['constants-removed', 'breaks-compile', 'breaks-compile']],
    ['Opens', ['value-set-opened', 'safe', 'breaks-compile']],
    ['Closes', ['value-set-closed', 'breaks-compile', 'safe']],
    ['Hides', ['value-set-unresolved', 'unknown', 'unknown'], ['exports-removed', 'breaks-compile', 'breaks-compile']],
  ])('%s', (id, ...expected) => {
    const own = changes.filter((change) => change.valueSet === `https://example.org/ValueSet/${id}`);
    expect(own.map(({ kind, write, read }) => [kind, write, read])).toEqual(expected);
  });
});

it('the impact is breaking if either verdict is breaking', () => {
  for (const { write, read, impact } of changes) {
    expect(impact === 'breaking').toBe([write, read].some((verdict) => verdict.startsWith('breaks-')));
  }
});

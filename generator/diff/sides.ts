import type { FactRegistry } from '../facts/registry.js';
import type { PinnedSnapshot, PinnedValueSet } from '../pin/snapshot.js';
import { EffectiveElements } from './effective.js';
import type { Matching } from './match.js';
import { match } from './match.js';
import { parseCanonical } from '../fhir/canonical.js';

/** The two snapshots of a comparison, and how what is in one is found in the other. */
export interface Sides extends Matching {
  /** Facts of elements that there are. */
  readonly facts: FactRegistry;
  readonly before: EffectiveElements;
  readonly after: EffectiveElements;
  /** A short name of a canonical: that of the profile or value set, or the last part. */
  nameOf(canonical: string): string;
  /** Whether it is the package itself that got another name, so that it need not be told of each profile. */
  isRenamedPackage(from: string, to: string): boolean;
  /** Value set of the old snapshot, by its canonical there. */
  oldValueSet(canonical: string): PinnedValueSet | undefined;
  /** Value set of the new snapshot, by its canonical there. */
  newValueSet(canonical: string): PinnedValueSet | undefined;
}

/**
 * Sets two snapshots side by side.
 *
 * @param old the old snapshot
 * @param next the new snapshot
 * @param facts of elements that there are
 */
export function sidesOf(old: PinnedSnapshot, next: PinnedSnapshot, facts: FactRegistry): Sides {
  const names = new Map<string, string>();
  for (const snapshot of [old, next]) {
    for (const { url, name } of [...snapshot.structureDefinitions, ...snapshot.valueSets]) names.set(url, name);
  }
  const oldValueSets = new Map(old.valueSets.map((item) => [item.url, item]));
  const newValueSets = new Map(next.valueSets.map((item) => [item.url, item]));
  return {
    ...match(old, next),
    facts,
    before: new EffectiveElements(old),
    after: new EffectiveElements(next),
    nameOf: (canonical) => names.get(canonical) ?? canonical.slice(canonical.lastIndexOf('/') + 1),
    isRenamedPackage: (from, to) => from === old.package.name && to === next.package.name,
    oldValueSet: (canonical) => oldValueSets.get(parseCanonical(canonical).url),
    newValueSet: (canonical) => newValueSets.get(parseCanonical(canonical).url),
  };
}

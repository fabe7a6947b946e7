import type { FactRegistry } from '../facts/registry.js';
import { lastSegment } from '../fhir/canonical.js';
import type { ValueSetModel } from '../model/model.js';
import type { Matching } from './match.js';
import { Side, type SideModel } from './side.js';

/** The two sides of a comparison, and how they are matched. */
export interface Sides extends Matching {
  /** The registered facts of elements. */
  readonly facts: FactRegistry;
  readonly before: Side;
  readonly after: Side;
  /** A short name of a canonical: that of the profile or value set, or the last part. */
  nameOf(canonical: string): string;
  /** Whether a package was renamed, so that the new name need not be reported for each profile. */
  isRenamedPackage(from: string, to: string): boolean;
}

/**
 * Pairs two models.
 *
 * @param old the old model
 * @param next the new model
 * @param facts the registered facts of elements
 * @param matching the correspondence of the two models
 */
export function sidesOf(old: SideModel, next: SideModel, facts: FactRegistry, matching: Matching): Sides {
  const names = new Map<string, string>();
  for (const { model } of [old, next]) {
    for (const { url, name } of [...model.profiles, ...model.valueSets]) names.set(url, name);
  }
  return {
    ...matching,
    facts,
    before: new Side(old, facts),
    after: new Side(next, facts),
    nameOf: (canonical) => names.get(canonical) ?? lastSegment(canonical),
    isRenamedPackage: (from, to) => matching.packages.get(from) === to,
  };
}

/**
 * All codes of a value set as `system|code`.
 *
 * @param valueSet a value set of a model; absent when it could not be resolved
 * @returns `undefined` when not all of them are known
 */
export function closedCodes(valueSet: ValueSetModel | undefined): readonly string[] | undefined {
  return valueSet?.closed === true ? listedCodes(valueSet) : undefined;
}

/**
 * The known codes of a value set, as `system|code`.
 *
 * @param valueSet a value set of a model
 */
export function listedCodes({ systems }: ValueSetModel): readonly string[] {
  return systems.flatMap(({ system, concepts }) => concepts.map(({ code }) => `${system}|${code}`));
}

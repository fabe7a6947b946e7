import type { FactRegistry } from '../facts/registry.js';
import { lastSegment } from '../fhir/canonical.js';
import type { ValueSetModel } from '../model/model.js';
import type { Matching } from './match.js';
import { Side, type SideModel } from './side.js';

/** The two sides of a comparison, and how what is on one is found on the other. */
export interface Sides extends Matching {
  /** Facts of elements that there are. */
  readonly facts: FactRegistry;
  readonly before: Side;
  readonly after: Side;
  /** A short name of a canonical: that of the profile or value set, or the last part. */
  nameOf(canonical: string): string;
  /** Whether it is a package that got another name, so that it need not be reported for each profile. */
  isRenamedPackage(from: string, to: string): boolean;
}

/**
 * Sets two models side by side.
 *
 * @param old the model that programs were written for
 * @param next the model that they shall move to
 * @param facts of elements that there are
 * @param matching what of one is what of the other
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
 * @param valueSet of a model; absent when it could not be resolved
 * @returns `undefined` when they are not all known
 */
export function closedCodes(valueSet: ValueSetModel | undefined): readonly string[] | undefined {
  return valueSet?.closed === true ? listedCodes(valueSet) : undefined;
}

/**
 * The codes of a value set that are known, as `system|code`.
 *
 * @param valueSet of a model
 */
export function listedCodes({ systems }: ValueSetModel): readonly string[] {
  return systems.flatMap(({ system, concepts }) => concepts.map(({ code }) => `${system}|${code}`));
}

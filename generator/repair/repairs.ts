import type { ConformanceResource } from '../fhir/package.js';

/** A correction of a definition. */
export interface Patch {
  /** Canonical of the StructureDefinition, ValueSet or CodeSystem; with `|version` only that version is meant. */
  readonly canonical: string;
  /** ElementDefinition.id of the element that the members are of; absent: they are of the definition itself. */
  readonly element?: string | undefined;
  /** Members in FHIR's JSON that take the place of those that are there; `null` takes one away. */
  readonly set: Readonly<Record<string, unknown>>;
}

/** What is put right before anything is made of the packages. */
export interface Repairs {
  readonly patches: readonly Patch[];
  /** Canonicals of profiles and value sets that are taken for not being there. */
  readonly leaveOut: readonly string[];
  /** Value sets, with an expansion or a definition, and code systems that go before those of the packages. */
  readonly terminology: readonly ConformanceResource[];
}

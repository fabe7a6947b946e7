import type { ConformanceResource } from '../fhir/package.js';

/** A correction of a definition. */
export interface Patch {
  /** Canonical of the StructureDefinition, ValueSet or CodeSystem; with `|version` only that version is meant. */
  readonly canonical: string;
  /** ElementDefinition.id of the element to correct; the definition itself if absent. */
  readonly element?: string | undefined;
  /** Members in FHIR's JSON format that replace the existing ones; `null` removes one. */
  readonly set: Readonly<Record<string, unknown>>;
}

/** What is corrected in the packages before generation. */
export interface Repairs {
  readonly patches: readonly Patch[];
  /** Canonicals of profiles and value sets to treat as missing. */
  readonly leaveOut: readonly string[];
  /**
   * Value sets, with an expansion or a definition, and code systems that take precedence over those of the packages.
   */
  readonly terminology: readonly ConformanceResource[];
}

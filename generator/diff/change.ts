import type { FactKind } from '../facts/registry.js';

/**
 * What a change means for a program that uses the generated models.
 *
 * - `breaking`: code that compiled may no longer compile, or the guard refuses what it accepted. Both directions
 *   count: a program that builds resources breaks when more is demanded, one that reads them when less is promised.
 * - `compatible`: more is possible, and what compiled still does. A union that grows counts as this, though a
 *   `switch` that wants to be exhaustive has one case more.
 * - `documentation`: comments and metadata only.
 */
export type Impact = 'breaking' | 'compatible' | 'documentation';

/** All impacts, the gravest first. */
export const IMPACTS: readonly Impact[] = ['breaking', 'compatible', 'documentation'];

/** What changed. A fact that a test adds has a kind of its own. */
export type ChangeKind = StructureKind | FactKind | (string & {});

/** What changed of anything but the facts of an element. */
type StructureKind =
  // the package
  | 'fhir-version'
  | 'package-renamed'
  | 'package-version'
  | 'package-canonical'
  | 'dependency-added'
  | 'dependency-removed'
  | 'dependency-version'
  | 'canonical-resolved'
  | 'canonical-unresolved'
  // a profile
  | 'profile-added'
  | 'profile-removed'
  | 'profile-renamed'
  | 'profile-moved'
  | 'profile-canonical'
  | 'profile-type'
  | 'profile-base'
  | 'profile-abstract'
  // an element
  | 'element-added'
  | 'element-removed'
  | 'element-prohibited'
  | 'element-allowed'
  | 'element-array'
  | 'min-raised'
  | 'min-lowered'
  | 'max-raised'
  | 'max-lowered'
  | 'type-added'
  | 'type-removed'
  | 'type-profiles'
  | 'target-profiles'
  // slices of an element
  | 'slice-added'
  | 'slice-removed'
  | 'slice-required'
  | 'slice-optional'
  | 'slicing-rules'
  | 'slicing-order'
  | 'slicing-discriminators'
  // a value set
  | 'value-set-added'
  | 'value-set-removed'
  | 'value-set-renamed'
  | 'value-set-opened'
  | 'value-set-closed'
  | 'codes-added'
  | 'codes-removed'
  | 'constants-renamed';

/** One difference between two pinned snapshots. */
export interface Change {
  readonly kind: ChangeKind;
  readonly impact: Impact;
  /** Canonical of the profile, the new one where it changed; absent when the change is not about a profile. */
  readonly profile?: string;
  /** Canonical of the value set; absent when the change is not about a value set. */
  readonly valueSet?: string;
  /** Name of the profile, the value set or the package. */
  readonly name: string;
  /** ElementDefinition.id */
  readonly element?: string;
  /** What it was, in the notation of FHIR. */
  readonly before?: string;
  /** What it is. */
  readonly after?: string;
  /** What changed and what follows from it, to be read on its own. */
  readonly sentence: string;
}

/** The part of a change that does not say where it happened. */
export type ChangeFact = Pick<Change, 'kind' | 'impact' | 'before' | 'after' | 'sentence'>;

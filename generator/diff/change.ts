import type { Verdicts } from '../facts/fact.js';
import type { FactKind } from '../facts/registry.js';

/**
 * What a change means for programs that use the generated models.
 *
 * - `breaking`: programs that make or read values no longer compile, or the guard rejects what it accepted.
 * - `compatible`: neither, as far as can be determined.
 * - `documentation`: comments and metadata only.
 */
export type Impact = 'breaking' | 'compatible' | 'documentation';

/** All impacts, the most severe first. */
export const IMPACTS: readonly Impact[] = ['breaking', 'compatible', 'documentation'];

/** What changed. A fact that a test adds has its own kind. */
export type ChangeKind = StructureKind | FactKind | (string & {});

/** Kinds of changes to anything but the facts of an element. */
export type StructureKind =
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
  | 'exports-removed'
  | 'builder-methods'
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
  | 'binding-moved'
  // slices of an element
  | 'slice-added'
  | 'slice-removed'
  | 'slice-renamed'
  | 'slice-required'
  | 'slice-optional'
  | 'slice-order'
  | 'slicing-rules'
  | 'slicing-order'
  | 'slicing-discriminators'
  // a value set
  | 'value-set-added'
  | 'value-set-removed'
  | 'value-set-renamed'
  | 'value-set-moved'
  | 'value-set-canonical'
  | 'value-set-opened'
  | 'value-set-closed'
  | 'codes-added'
  | 'codes-removed'
  | 'constants-removed'
  | 'constants-renamed'
  | 'constants-changed'
  | 'value-set-unresolved'
  | 'value-set-resolved';

/** One difference between two models. */
export interface Change extends Verdicts {
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
  /** Canonical that can or cannot be resolved; absent when the change is not about resolution. */
  readonly canonical?: string;
  /** Canonicals of the profiles that bind the value set, or refer to the canonical; absent where there are none. */
  readonly usedBy?: readonly string[];
  /** The old value, in FHIR's notation. */
  readonly before?: string;
  /** The new value. */
  readonly after?: string;
  /** What changed and its effect, as a self-contained sentence. */
  readonly sentence: string;
}

/** A change without its place. */
export interface ChangeFact extends Verdicts {
  readonly kind: ChangeKind;
  /** Only comments and metadata change, nothing that affects a program. */
  readonly documentation?: true;
  readonly before?: string;
  readonly after?: string;
  readonly sentence: string;
}

/** Where a change happened. */
export type ChangePlace = Pick<Change, 'profile' | 'valueSet' | 'name' | 'element' | 'canonical' | 'usedBy'>;

/**
 * A change, with its overall impact.
 *
 * @param place where it happened
 * @param fact the difference
 */
export function changeOf(place: ChangePlace, fact: ChangeFact): Change {
  const { kind, before, after, sentence, write, read, documentation = false } = fact;
  const breaks = [write, read].some((verdict) => verdict === 'breaks-compile' || verdict === 'breaks-validation');
  return {
    kind,
    ...place,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    sentence,
    write,
    read,
    impact: breaks ? 'breaking' : documentation ? 'documentation' : 'compatible',
  };
}

import type { Json } from '../fhir/json.js';

/** What `create` does with one value (of an array: one item). */
export interface CompletionModel {
  /** Canonical of the profile whose completion applies unchanged; then there are no members. */
  readonly profile?: string;
  /** In the order of the FHIR type; only members that `create` changes. */
  readonly members: readonly MemberCompletionModel[];
  /**
   * When a resource does not claim the profile in `meta.profile`: always, because the profile prohibits it; or where
   * the input has no `meta`, because `meta` would need parts that only the caller knows.
   */
  readonly unclaimed?: 'always' | 'without meta';
}

/** What `create` does with a member. */
export interface MemberCompletionModel {
  /** JSON property: `valueQuantity`, `_birthDate` */
  readonly key: string;
  /** Written when the input leaves the member out; an array for an array. */
  readonly write?: Json;
  /**
   * The value of an optional primitive, written when the input has only its twin and the profile constrains the twin: a
   * present element has the value (FHIR R4, ElementDefinition.fixed[x] and pattern[x]).
   */
  readonly beside?: Json;
  /** Items that an array must have; `written`: those of `write`. */
  readonly ensure?: readonly Json[] | 'written';
  /** For the value, or for each item that is given for no slice. */
  readonly item?: CompletionModel;
  /** Slices that the input may name, in their order. */
  readonly slices?: readonly SliceCompletionModel[];
  /** Every item has to be in a slice. */
  readonly closed?: true;
}

/** What `create` does with the items of a slice. */
export interface SliceCompletionModel {
  /** FHIR slice name */
  readonly name: string;
  /** The places of the slice: in the profile, then in the profiles on types that lead to it. */
  readonly places: readonly SlicePlace[];
  /** The JSON property of a bare value. */
  readonly bare?: string;
  /** Canonical of the extension, which distinguishes a whole item from a bare value; `true`: that of its profile. */
  readonly url?: string | true;
  /** The item that is written when a required slice is left out. */
  readonly write?: Json;
  readonly item?: CompletionModel;
  /** Re-slices that the input may name. */
  readonly slices?: readonly SliceCompletionModel[];
}

/** The place of a slice in a profile. */
export interface SlicePlace {
  /** Canonical of the profile. */
  readonly profile: string;
  /** Path of the sliced element, a colon, the name of the slice: `identifier:official`. */
  readonly id: string;
}

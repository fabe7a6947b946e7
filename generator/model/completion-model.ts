import type { Json } from '../fhir/json.js';

/** What `create` does with one value: one item, of an array. */
export interface CompletionModel {
  /** Canonical of the profile whose completion holds as it is; there are no members then. */
  readonly profile?: string;
  /** In the order of the FHIR type; only those with which something is done. */
  readonly members: readonly MemberCompletionModel[];
  /**
   * When a resource does not say in `meta.profile` that it conforms: always, as the profile prohibits it; or where the
   * input has no `meta`, which would have to have what only the input can say.
   */
  readonly unclaimed?: 'always' | 'without meta';
}

/** What `create` does with a member. */
export interface MemberCompletionModel {
  /** JSON property: `valueQuantity`, `_birthDate` */
  readonly key: string;
  /** Written when the input leaves the member out; an array, for an array. */
  readonly write?: Json;
  /**
   * The value of a primitive that may be left out, written when the input has what stands beside it alone, of which the
   * profile speaks: an element that is there has the value (FHIR R4, ElementDefinition.fixed[x] and pattern[x]).
   */
  readonly beside?: Json;
  /** Items that have to be in an array; `written`: those of `write`. */
  readonly ensure?: readonly Json[] | 'written';
  /** Of the value, or of each item that is given for no slice. */
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
  /** Where the slice stands: in the profile, then in the profiles on types that lead to it. */
  readonly places: readonly SlicePlace[];
  /** JSON property that a bare value stands for. */
  readonly bare?: string;
  /** Canonical of the extension, which distinguishes a whole item from a bare value; `true`: that of its profile. */
  readonly url?: string | true;
  /** The item that is written when a required slice is left out. */
  readonly write?: Json;
  readonly item?: CompletionModel;
  /** Re-slices that the input may name. */
  readonly slices?: readonly SliceCompletionModel[];
}

/** Where a slice stands in a profile. */
export interface SlicePlace {
  /** Canonical of the profile. */
  readonly profile: string;
  /** Path of the sliced element, a colon, the name of the slice: `identifier:official`. */
  readonly id: string;
}

import type { Json, ProfileTable } from './table.js';

/** What `create` does with one value: one item, of an array. All of it was decided when the package was generated. */
export interface Completion {
  /** A profile whose completion holds as it is. A function, as profiles may refer to each other in a circle. */
  readonly profile?: () => ProfileCompletion;
  /** By JSON property (`valueQuantity`, `_birthDate`), in the order of the FHIR type. */
  readonly members?: Readonly<Record<string, MemberCompletion>>;
}

/** What `create` does with a member. */
export interface MemberCompletion {
  /** Written when the input leaves the member out; an array, for an array. */
  readonly write?: Json;
  /** Written when the input leaves an optional primitive out, but not its `id` and extensions, which stand beside it. */
  readonly beside?: Json;
  /** Items that have to be in an array, `true` for those of `write`: joined to one that does not contradict, or put first. */
  readonly ensure?: readonly Json[] | true;
  /** Of the value, or of each item that is given for no slice. */
  readonly item?: Completion;
  /** Slices that the input may name, in their order. */
  readonly slices?: readonly SliceCompletion[];
  /** Every item has to be in a slice. */
  readonly closed?: true;
}

/** What `create` does with the items of a slice. */
export interface SliceCompletion {
  /** Key in the input. */
  readonly key: string;
  /** FHIR slice name, where the key is another. */
  readonly name?: string;
  /** The JSON property that a bare value stands for: `3` becomes `{ valueInteger: 3 }`. */
  readonly bare?: string;
  /** Canonical of an extension, which distinguishes a whole item from a bare value; `true`: that of its profile. */
  readonly url?: string | true;
  /** The item that is written when a required slice is left out. */
  readonly write?: Json;
  readonly item?: Completion;
  /** Re-slices that the input may name. */
  readonly slices?: readonly SliceCompletion[];
}

/** What `create` does with a value of a profile. */
export interface ProfileCompletion extends Completion {
  /** What the validator checks of it. */
  readonly table: ProfileTable;
  /** When `meta.profile` is left as it is; `without meta`: where the input has none. */
  readonly unclaimed?: 'always' | 'without meta';
}

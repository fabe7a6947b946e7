import type { Json, ProfileTable } from './table.js';

/** What `create` does with one value (for an array: one item). The generator has decided all of it. */
export interface Completion {
  /** A profile whose completion applies unchanged. A function, because profiles may refer to each other. */
  readonly profile?: () => ProfileCompletion;
  /** By JSON property (`valueQuantity`, `_birthDate`), in the order of the FHIR type. */
  readonly members?: Readonly<Record<string, MemberCompletion>>;
}

/** What `create` does with a member. */
export interface MemberCompletion {
  /** Written when the input leaves the member out; an array for an array. */
  readonly write?: Json;
  /** Written when the input leaves an optional primitive out but has its twin (`id`, extensions). */
  readonly beside?: Json;
  /** Items that an array must have, `true` for those of `write`: merged into an item that agrees, or put first. */
  readonly ensure?: readonly Json[] | true;
  /** For the value, or for each item that is given for no slice. */
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
  /** FHIR slice name, where it differs from the key. */
  readonly name?: string;
  /** The JSON property of a bare value: `3` becomes `{ valueInteger: 3 }`. */
  readonly bare?: string;
  /** Canonical of an extension, which distinguishes a whole item from a bare value; `true`: that of its profile. */
  readonly url?: string | true;
  /** The item that is written when a required slice is left out. */
  readonly write?: Json;
  readonly item?: Completion;
  /** Reslices that the input may name. */
  readonly slices?: readonly SliceCompletion[];
}

/** What `create` does for a profile. */
export interface ProfileCompletion extends Completion {
  /** The rules that the validator checks. */
  readonly table: ProfileTable;
  /** When `meta.profile` is not written: `without meta`: where the input has no `meta`. */
  readonly unclaimed?: 'always' | 'without meta';
}

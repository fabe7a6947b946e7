import type { UntypedReference } from './fhir.js';

/**
 * The vocabulary of the generated interfaces. None of it exists at run time.
 *
 * What only the compiler sees stands under keys that begin with `~`, which no JSON of FHIR has and editors list last.
 * They are texts, not symbols: a declaration file can name them wherever a type is spread (TS4023 otherwise), and they
 * are the same in every generated package, so that the canonicals below them are compared, not the packages.
 */

/**
 * An array that holds the slice `Name`, at whichever place: guards, `create` and builders vouch for it. Array
 * literals cannot have it; they put the items of the slice first instead. Intersect it for several slices.
 */
export interface HasSlice<Name extends string> {
  readonly '~slice': Readonly<Record<Name, true>>;
}

/**
 * Items of an array by their indexes, from 1 on. Compilers look for the fault within an item only where its index is a
 * property of the type: otherwise they print the whole array, and what is wrong with it in the last of many lines.
 */
export interface ItemsFrom1<Item> extends ItemsFrom2<Item> {
  1?: Item;
}

/** See {@link ItemsFrom1}. */
export interface ItemsFrom2<Item> extends ItemsFrom3<Item> {
  2?: Item;
}

/** See {@link ItemsFrom1}. */
export interface ItemsFrom3<Item> extends ItemsFrom4<Item> {
  3?: Item;
}

/** See {@link ItemsFrom1}. */
export interface ItemsFrom4<Item> extends ItemsFrom5<Item> {
  4?: Item;
}

/** See {@link ItemsFrom1}. */
export interface ItemsFrom5<Item> extends ItemsFrom6<Item> {
  5?: Item;
}

/** See {@link ItemsFrom1}. */
export interface ItemsFrom6<Item> extends ItemsFrom7<Item> {
  6?: Item;
}

/** See {@link ItemsFrom1}. */
export interface ItemsFrom7<Item> extends ItemsFrom8<Item> {
  7?: Item;
}

/** See {@link ItemsFrom1}. */
export interface ItemsFrom8<Item> {
  8?: Item;
  9?: Item;
  10?: Item;
  11?: Item;
}

/** The {@link ItemsFrom1} that begin behind so many items, from 1 to 8. */
export type ItemsFrom<Length extends number, Item> = {
  1: ItemsFrom1<Item>;
  2: ItemsFrom2<Item>;
  3: ItemsFrom3<Item>;
  4: ItemsFrom4<Item>;
  5: ItemsFrom5<Item>;
  6: ItemsFrom6<Item>;
  7: ItemsFrom7<Item>;
  8: ItemsFrom8<Item>;
  [other: number]: unknown;
}[Length];

/** A reference that a validator accepts although its text does not tell the type of the target. */
export type UncheckedReference = string & { readonly '~unchecked': true };

/** What `Reference.reference` may hold when the target is a `Type` (FHIR R4, References, "Literal References"). */
export type ReferenceText<Type extends string> =
  | `${Type}/${string}`
  | `${Type}?${string}`
  | `#${string}`
  | `urn:uuid:${string}`
  | `urn:oid:${string}`
  | `http://${string}/${Type}/${string}`
  | `https://${string}/${Type}/${string}`
  | UncheckedReference;

/** A reference to a `Type`, whatever profile the target has. */
export interface LiteralReference<Type extends string> extends UntypedReference {
  reference?: ReferenceText<Type> | undefined;
  type?: Type | undefined;
}

/**
 * A reference to a `Type`. `Profile` has one member per canonical that the target conforms to
 * (`{ readonly 'https://example.org/a': true }`): a reference that promises more fits where less is wanted, and one
 * that promises nothing, such as a literal, fits everywhere.
 */
export interface Reference<Type extends string, Profile = unknown> extends LiteralReference<Type> {
  readonly '~target'?: Profile | undefined;
}

/** What `Resource` says of the profiles that it conforms to, under `~profile`; `unknown` when nothing. */
export type ProfilesOf<Resource> = Resource extends { readonly '~profile'?: infer Profile | undefined }
  ? unknown extends Profile
    ? unknown
    : Exclude<Profile, undefined>
  : unknown;

/** A value of the FHIR type `Base` with exactly the members of `Fixed` (`fixed[x]`): no other may be there. */
export type Exactly<Base, Fixed> = Fixed & Partial<Record<Exclude<keyof Base, keyof Fixed>, undefined>>;

/** Those of some codes that are codes of the FHIR type, or all of the FHIR type when none of them is. */
export type CodeWithin<Codes extends string, All extends string> = [Extract<Codes, All>] extends [never]
  ? All
  : Extract<Codes, All>;

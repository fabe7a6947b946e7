import type { FhirResource, UntypedReference } from './fhir.js';

/**
 * The types that generated interfaces use. None of them exist at run time.
 *
 * Members that only the compiler sees have keys that begin with `~`, which FHIR's JSON never has and editors list last.
 * The keys are strings, not symbols: a declaration file can name them wherever a type is spread (TS4023 otherwise), and
 * every generated package has the same keys, so that compilers compare the canonicals below them.
 */

/**
 * An array with the slice `Name` at any position, as guards, `create` and builders guarantee. Array literals cannot
 * have it; they put the items of the slice first instead. Intersect it for several slices.
 */
export interface HasSlice<Name extends string> {
  readonly '~slice': Readonly<Record<Name, true>>;
}

/**
 * Items of an array by their indexes, from 1 on. Compilers report the error within an item only where its index is a
 * property of the type: otherwise they print the whole array, and the cause in the last of many lines.
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

/** The {@link ItemsFrom1} after the first `Length` items, from 1 to 8. */
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

/** The FHIR resource types. */
export type ResourceType = FhirResource['resourceType'];

/** A resource of the given FHIR types. */
export type ResourceOf<Type extends ResourceType> = Extract<FhirResource, { readonly resourceType: Type }>;

/** The text of a reference that a validator accepts although it does not state the type of the target. */
export type UncheckedReference = string & { readonly '~unchecked': true };

/** The values of `Reference.reference` for a target of `Type` (FHIR R4, References, "Literal References"). */
export type ReferenceText<Type extends string> =
  | `${Type}/${string}`
  | `${Type}?${string}`
  | `#${string}`
  | `urn:uuid:${string}`
  | `urn:oid:${string}`
  | `http://${string}/${Type}/${string}`
  | `https://${string}/${Type}/${string}`
  | UncheckedReference;

/** A reference to a `Type`, whatever the profile of the target. */
export interface LiteralReference<Type extends string> extends UntypedReference {
  reference?: ReferenceText<Type> | undefined;
  type?: Type | undefined;
}

/**
 * A reference to a `Type`. `Profile` has one member per canonical that the target conforms to (`{ readonly
 * 'https://example.org/a': true }`): a reference with more canonicals is assignable where fewer are required, and one
 * with none, such as a literal, is assignable everywhere.
 */
export interface Reference<Type extends string, Profile = unknown> extends LiteralReference<Type> {
  readonly '~target'?: Profile | undefined;
}

/** A reference with a `reference`, as some profiles require. */
export type WithText<Given, Type extends string> = Given & { reference: ReferenceText<Type> };

/** The profiles that `Resource` conforms to, from its key `~profile`; `unknown` without it. */
export type ProfilesOf<Resource> = Resource extends { readonly '~profile'?: infer Profile | undefined }
  ? unknown extends Profile
    ? unknown
    : Exclude<Profile, undefined>
  : unknown;

/** A value of the FHIR type `Base` with exactly the members of `Fixed` (`fixed[x]`) and no others. */
export type Exactly<Base, Fixed> = Fixed & Partial<Record<Exclude<keyof Base, keyof Fixed>, undefined>>;

/** Those of `Codes` that are codes of the FHIR type, or all codes of the FHIR type when none is. */
export type CodeWithin<Codes extends string, All extends string> = [Extract<Codes, All>] extends [never]
  ? All
  : Extract<Codes, All>;

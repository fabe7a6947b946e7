import type { CodeableConcept, Coding, Element, Quantity } from './fhir.js';
import type { HasSlice, ItemsFrom, ItemsFrom1, ProfilesOf, Reference, ReferenceText } from './types.js';

/** A Coding with a known system and code. Of two members that do not fit, compilers name the first. */
export interface CodingOf<System extends string, Code extends string> extends Coding {
  code: Code;
  system: System;
}

/** A Quantity whose unit is one of a value set, when it has a coded unit. */
export interface QuantityOf<System extends string, Code extends string> extends Quantity {
  system?: System | undefined;
  code?: Code | undefined;
}

/** Codings of which one, at any position, is a `C`, as guards guarantee. Literals put it first instead. */
export interface HasCoding<C> {
  readonly '~coding': C;
}

/**
 * Any coding, where a `C` may be. It mentions the codes of `C` so that editors suggest them and messages quote them.
 */
export interface AnyCoding<C extends Coding> extends Coding {
  code?: C['code'] | (string & {}) | undefined;
  system?: C['system'] | (string & {}) | undefined;
}

/**
 * An array with one item of a slice: array literals put it first; guards, `create` and builders guarantee it at any
 * position.
 */
export type SlicedArray<Name extends string, Required, Item> =
  (HasSlice<Name> & [Item, ...Item[]]) | ([Required, ...Item[]] & ItemsFrom1<Item>);

/**
 * A {@link SlicedArray} with items of several slices: array literals put them first, in the order of `First`, which has
 * at most eight.
 */
export type SlicedTuple<Name extends string, First extends readonly unknown[], Item> =
  | (HasSlice<Name> & [...{ [Index in keyof First]: Item }, ...Item[]])
  | ([...First, ...Item[]] & ItemsFrom<First['length'], Item>);

/** A CodeableConcept with a coding from a value set: array literals put it first. */
export interface CodedConcept<C extends Coding> extends CodeableConcept {
  coding: ([AnyCoding<C>, ...AnyCoding<C>[]] & HasCoding<C>) | ([C, ...AnyCoding<C>[]] & ItemsFrom1<AnyCoding<C>>);
}

/**
 * A CodeableConcept with a coding from each of several disjoint value sets: array literals put them first, in the order
 * of `C`, which has at most eight.
 */
export interface EachCodedConcept<C extends readonly Coding[]> extends CodeableConcept {
  coding:
    | ([...{ [Index in keyof C]: AnyCoding<C[number]> }, ...AnyCoding<C[number]>[]] & HasCoding<C>)
    | ([...C, ...AnyCoding<C[number]>[]] & ItemsFrom<C['length'], AnyCoding<C[number]>>);
}

/** A CodeableConcept with exactly one coding, from a value set. */
export interface SingleCodedConcept<C extends Coding> extends CodeableConcept {
  coding: [C];
}

/** A reference to a resource of this profile. */
export type ReferenceTo<Target extends { readonly resourceType: string }> = Reference<
  Target['resourceType'],
  ProfilesOf<Target>
>;

/**
 * A {@link ReferenceTo} with a `reference`. An interface, so that compilers print the name of the target, not its
 * canonicals.
 */
export interface LiteralReferenceTo<Target extends { readonly resourceType: string }> extends Reference<
  Target['resourceType'],
  ProfilesOf<Target>
> {
  reference: ReferenceText<Target['resourceType']>;
}

/** One value, or several. */
export type OneOrMore<T> = T | [T, ...T[]];

/** A reference to a resource of a profile, by its canonical and those of the profiles that it derives from. */
export type ProfiledReference<Type extends string, Canonicals extends string> = Reference<
  Type,
  Readonly<Record<Canonicals, true>>
>;

/** `T` with its member `Name`, one of `Names`: compilers quote all of these where none is present. */
export type MustHaveOneOf<Names extends PropertyKey, T, Name extends Names & keyof T> = { [Key in Name]: T[Key] };

/** Exactly one of the members of `T`: a choice of types that is required. */
export type OneOf<T> = {
  // eslint-disable-next-line @typescript-eslint/consistent-indexed-object-style -- Record costs compilers three times as much
  [K in keyof T]: MustHaveOneOf<{ [Name in keyof T]: Name }[keyof T], T, K> & {
    [Other in Exclude<keyof T, K>]?: undefined;
  };
}[keyof T];

/** At most one of the members of `T`: an optional choice of types. */
export type AtMostOneOf<T> = OneOf<T> | { [K in keyof T]?: undefined };

/** At least one of the members of `T`: a choice of too many types for compilers to distinguish quickly. */
export type SomeOf<T> = {
  [K in keyof T]: MustHaveOneOf<{ [Name in keyof T]: Name }[keyof T], T, K>;
}[keyof T] &
  Partial<T>;

/** `T` without some members, for each member of a union. */
export type OmitMembers<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** `T` with some members optional, because `create` writes them. */
export type Optional<T, K extends keyof T> = Omit<T, K> & { [Key in K]?: T[Key] | undefined };

/** An extension without a value: the base of a profile that allows one type of value, or none. */
export interface BareExtension extends Element {
  url: string;
  _url?: Element | undefined;
}

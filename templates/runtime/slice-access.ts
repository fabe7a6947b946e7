/** The last name of a path: `extension` of `series.instance.extension`. */
export type LastOf<Path extends string> = Path extends `${string}.${infer Rest}` ? LastOf<Rest> : Path;

/** Anything that may have an array `Name`, whether it conforms or not. */
export type MayHave<Name extends PropertyKey> = Readonly<Partial<Record<Name, readonly object[] | undefined>>>;

/** An item of the array `Name`. */
export type ItemOf<Host, Name extends PropertyKey> =
  Host extends Readonly<Partial<Record<Name, infer Items>>>
    ? NonNullable<Items> extends readonly (infer Item)[]
      ? Item
      : never
    : never;

/**
 * Reads a slice of the array `Name`. Of what conforms to the profile it gives what the profile promises (`Result`); of
 * anything else the items as they are.
 */
export interface SliceReader<Host, Name extends keyof Host, Result> {
  (of: Pick<Host, Name>): Result;
  <Other extends MayHave<Name>>(
    of: Other,
  ): Result extends readonly unknown[] ? ItemOf<Other, Name>[] : ItemOf<Other, Name> | undefined;
}

/**
 * Writes a slice of the array `Name`: the items take the place of those that are there, no items remove them. What it
 * writes to is left as it is, conforming or not; the result shares with it what is not written.
 */
export type SliceWriter<Host, Name extends keyof Host, Items extends readonly unknown[]> = <
  Other extends MayHave<Name>,
>(
  of: Other,
  ...items: Items
) => Edited<Other, Host, Name>;

/**
 * What a writer of a slice of `Host` makes of an `Other`: it stays what it is if every `Host` is one; of a `Host` of a
 * narrower type it is known only that it is a `Host`; of anything else the array may hold items of both.
 */
export type Edited<Other, Host, Name extends keyof Host> = [Host] extends [Other]
  ? Other
  : [Other] extends [Host]
    ? Host
    : Omit<Other, Name> & Record<Name, (ItemOf<Other, Name> | ItemOf<Host, Name>)[]>;

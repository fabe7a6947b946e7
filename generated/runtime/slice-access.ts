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
 * Reads a slice of the array `Name`. For a conforming host the items have the type that the profile promises
 * (`Result`); for any other host, the type of the array's items.
 */
export interface SliceReader<Host, Name extends keyof Host, Result> {
  (of: Pick<Host, Name>): Result;
  <Other extends MayHave<Name>>(
    of: Other,
  ): Result extends readonly unknown[] ? ItemOf<Other, Name>[] : ItemOf<Other, Name> | undefined;
}

/**
 * Writes a slice of the array `Name`: the given items replace the present ones; no items remove them. The host,
 * conforming or not, is not changed; the result shares its other parts.
 */
export type SliceWriter<Host, Name extends keyof Host, Items extends readonly unknown[]> = <
  Other extends MayHave<Name>,
>(
  of: Other,
  ...items: Items
) => Edited<Other, Host, Name>;

/**
 * The result of a slice writer of `Host` for an `Other`: `Other` itself if every `Host` is one; `Host` for a narrower
 * type of `Host`; for any other type the array may hold items of both.
 */
export type Edited<Other, Host, Name extends keyof Host> = [Host] extends [Other]
  ? Other
  : [Other] extends [Host]
    ? Host
    : Omit<Other, Name> & Record<Name, (ItemOf<Other, Name> | ItemOf<Host, Name>)[]>;

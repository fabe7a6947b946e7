/**
 * The names from earlier runs, which stay: a new profile or value set with the same name gets another name. It is
 * written next to the output, as `names.json`, and read before the next run.
 */
export interface NameLedger {
  /** By canonical of the profile. */
  readonly profiles: ReadonlyMap<string, ProfileLedger>;
  /** By canonical of the value set. */
  readonly valueSets: ReadonlyMap<string, ValueSetLedger>;
  /** The npm version set by `bump`; the version of the guide if absent. */
  readonly npmVersion?: string;
}

/** The names of a profile and its parts. */
export interface ProfileLedger {
  /** Name of its interface; absent where the user chose it, so that the user can remove it again. */
  readonly name?: string;
  /** Path below the output folder, without extension. */
  readonly file: string;
  /** Types of its parts, without the name of the profile that they start with, by path of the element. */
  readonly parts: ReadonlyMap<string, string>;
  /** Keys of slices that differ from the slice's own name, by id of the slice. */
  readonly slices: ReadonlyMap<string, string>;
  /** Readers of slices, by id of the slice. */
  readonly readers: ReadonlyMap<string, string>;
  /** Methods of builders that add an item of a slice, by id of the slice. */
  readonly methods: ReadonlyMap<string, string>;
}

/** The names of a value set and its constants. */
export interface ValueSetLedger {
  /** See {@link ProfileLedger.name}. */
  readonly name?: string;
  /** See {@link ProfileLedger.file}. */
  readonly file: string;
  /** By `system|code`, see `fhir/token.ts`. */
  readonly constants: ReadonlyMap<string, string>;
}

/** No earlier names. */
export const EMPTY_LEDGER: NameLedger = { profiles: new Map(), valueSets: new Map() };

/** A code of a value set as a Coding. */
export interface Concept {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** The codes of one code system, as Codings of it. */
export type WithSystem<Codes, System extends string> = {
  readonly [Name in keyof Codes]: { readonly system: System } & Codes[Name];
};

/** The codes of a value set: by what they mean, and found by code. */
export type ValueSet<Concepts extends Readonly<Record<string, Concept>>> = Concepts &
  ConceptSearch<Concepts[keyof Concepts]>;

/** Finds the concepts of a value set. What is found is a Coding; without a system the first one with the code counts. */
export interface ConceptSearch<Each extends Concept> {
  /** All concepts, in the order of the value set; `Object.values` gives them without their types. */
  readonly concepts: readonly Each[];
  /** All codes, in the order of the value set. */
  readonly codes: readonly Each['code'][];
  /** Whether a text is one of the codes. */
  is(code: unknown, system?: string): code is Each['code'];
  /** The concept of a code; `undefined` for any other text. */
  fromCode<Code extends Each['code']>(code: Code, system?: string): Extract<Each, { readonly code: Code }>;
  fromCode(code: string, system?: string): Each | undefined;
  /** The display of a code; `undefined` for a code without one, or any other text. */
  display(code: string, system?: string): string | undefined;
}

/**
 * Adds the search to the concepts of a value set. Its members are not enumerable, so that `Object.keys` gives the
 * names of the concepts alone.
 *
 * @param concepts by what they mean
 */
export function valueSet<Concepts extends Readonly<Record<string, Concept>>>(concepts: Concepts): ValueSet<Concepts>;
/**
 * Adds the search to the codes of one system.
 *
 * @param codes by what they mean
 * @param system of all of them
 */
export function valueSet<Codes extends Readonly<Record<string, Omit<Concept, 'system'>>>, System extends string>(
  codes: Codes,
  system: System,
): ValueSet<WithSystem<Codes, System>>;
export function valueSet(given: Readonly<Record<string, Omit<Concept, 'system'>>>, system?: string): object {
  const concepts = Object.fromEntries(
    Object.entries(given).map(([name, concept]) => [name, system === undefined ? concept : { system, ...concept }]),
  ) as Readonly<Record<string, Concept>>;
  const all = Object.values(concepts);
  const find = (code: unknown, system?: string): Concept | undefined =>
    all.find((each) => each.code === code && (system === undefined || each.system === system));
  const search: PropertyDescriptorMap = {
    concepts: { get: () => [...all] },
    codes: { get: () => [...new Set(all.map(({ code }) => code))] },
    is: { value: (code: unknown, system?: string) => find(code, system) !== undefined },
    fromCode: { value: find },
    display: { value: (code: string, system?: string) => find(code, system)?.display },
  };
  return Object.defineProperties(concepts, search);
}

/** A code of a value set as a Coding. */
export interface Concept {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** Codes by name, each with or without its display. */
type Codes = Readonly<Record<string, string | readonly [code: string, display: string]>>;

/** Codes of one code system, as Codings. */
export type ConceptsOf<System extends string, Each extends Codes> = {
  readonly [Name in keyof Each]: Each[Name] extends readonly [infer Code extends string, infer Display extends string]
    ? { readonly system: System; readonly code: Code; readonly display: Display }
    : { readonly system: System; readonly code: Each[Name] & string };
};

/** Concepts by name. */
type Group = Readonly<Record<string, Concept>>;

/** The concepts of all groups. */
type Together<Groups extends readonly Group[]> = Groups extends readonly [
  infer First extends Group,
  ...infer Others extends readonly Group[],
]
  ? Others extends readonly []
    ? First
    : First & Together<Others>
  : never;

/** The codes of a value set: by name, with a search by code. */
export type ValueSet<Concepts extends Group> = Concepts & ConceptSearch<Concepts[keyof Concepts]>;

/** Finds the concepts of a value set, as Codings. Without a system, the first concept with the code counts. */
export interface ConceptSearch<Each extends Concept> {
  /** All concepts, in the order of the value set; `Object.values` returns them without their types. */
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
 * Makes the Codings of one code system.
 *
 * @param system of all codes
 * @param codes by name
 */
export function conceptsOf<System extends string, Each extends Codes>(
  system: System,
  codes: Each,
): ConceptsOf<System, Each>;
export function conceptsOf(system: string, codes: Codes): Group {
  return Object.fromEntries(
    Object.entries(codes).map(([name, each]): [string, Concept] => {
      if (typeof each === 'string') return [name, { system, code: each }];
      const [code, display] = each;
      return [name, { system, code, display }];
    }),
  );
}

/**
 * Adds the search to the concepts of a value set. Its members are not enumerable, so that `Object.keys` returns only
 * the names of the concepts.
 *
 * @param groups concepts by name, in the order of the value set
 */
export function valueSet<Groups extends readonly Group[]>(...groups: Groups): ValueSet<Together<Groups>>;
export function valueSet(...groups: readonly Group[]): object {
  const concepts = Object.fromEntries(groups.flatMap((group) => Object.entries(group)));
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

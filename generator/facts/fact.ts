import type { Json } from '../fhir/json.js';

/**
 * Reads the members of a JSON object from a package or a pinned file and checks each of them. Inherited members do not
 * count, and `null` counts as absent. A method throws when the member is present but has another type or form.
 */
export interface FactReader {
  /** The names of the object's own members. */
  names(): readonly string[];
  /** A string that is not empty and not longer than `limit`. */
  string(name: string, limit?: number): string | undefined;
  /** The same, for a required member. */
  requiredString(name: string, limit?: number): string;
  /** A text on one line, cut at `limit`. */
  line(name: string, limit: number): string | undefined;
  boolean(name: string): boolean | undefined;
  /** A whole number from 0 up. */
  count(name: string): number | undefined;
  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined;
  requiredOneOf<T extends string>(name: string, values: readonly T[]): T;
  object(name: string): FactReader | undefined;
  objects(name: string): readonly FactReader[];
  /** A copy of any JSON value nested at most `depth` deep. */
  json(name: string, depth: number): Json | undefined;
  /** An error about a member, for a further rule of the fact. */
  wrong(name: string, wanted: string): Error;
  /** An error about the whole object. */
  error(message: string): Error;
}

/** Limits on what a fact reads from a package. */
export interface FactLimits {
  /** Depth of a JSON value. */
  readonly depth: number;
  /** Length of a name. */
  readonly idLength: number;
  /** Length of prose; longer text is cut. */
  readonly textLength: number;
}

/** The location of an ElementDefinition. */
export interface FactSource {
  /** Canonical of the StructureDefinition. */
  readonly profile: string;
  /** Canonicals of the definitions that it derives from, whose facts its snapshot repeats. */
  readonly ancestors: readonly string[];
  readonly limits: FactLimits;
}

/** Facts of the element of the FHIR type that a profile constrains. */
export interface BaseFacts {
  readonly binding?: { readonly strength: string; readonly valueSet: string };
  readonly maxValueSet?: string;
}

/** The context in which a pinned fact becomes a fact of the model. */
export interface DeclaredFacts {
  readonly base: BaseFacts;
  /** From the FHIR release of the package. */
  readonly family: 4 | 5;
  /** The element has a fixed value. */
  readonly isFixed: boolean;
  /** The name in models of the value set with a canonical of the pinned file. */
  valueSetKey(canonical: string): string;
  /** Whether the datatype of the element has an invariant with this key. */
  hasTypeInvariant(key: string): boolean;
}

/**
 * What a fact affects: the TypeScript type of the element, or only its validator. What affects the type affects the
 * validator as well.
 */
export type FactReach = 'type' | 'rule';

/** A member of a rule in the validator's table. */
export type RuleMember = readonly [name: string, value: RuleValue];

/**
 * The value of a rule: JSON, the codes of a value set, or codes that apply where another element has one of some
 * values.
 */
export type RuleValue =
  | { readonly kind: 'json'; readonly json: Json }
  | { readonly kind: 'codes'; readonly valueSet: string }
  | { readonly kind: 'codes-where'; readonly bindings: readonly RuleCondition[] };

/** Codes that apply where another element, given by its path, has one of some values. */
export interface RuleCondition {
  readonly at: string;
  readonly is: readonly Json[];
  readonly valueSet: string;
}

/** Languages of the sentences in comments; the guide's own words are not translated. */
export type FactLanguage = 'en' | 'fr';

/** The means to write sentences in comments. */
export interface FactWords {
  readonly language: FactLanguage;
  /** Title and canonical of a value set. */
  valueSet(canonical: string): string;
}

/** The comment for a fact. */
export interface FactDoc {
  /** `lead`: the first line; `flag`: after the cardinality, without a full stop; `line`: a separate sentence. */
  readonly place: 'lead' | 'flag' | 'line';
  /** Plain text and code, from any source: the printer of comments escapes it. */
  readonly text: string | readonly FactText[];
}

/** A piece of text. */
export type FactText = string | { readonly kind: 'code'; readonly text: string };

/** The context of a fact in a comparison of two models. */
export interface FactComparison {
  /** ElementDefinition.id, for sentences. */
  readonly id: string;
  /** Both sides constrain this element; otherwise one of them is the more general element that it inherits from. */
  readonly isSameElement: boolean;
  /** The element is required on the new side: the caller has to give a value that `create` no longer writes. */
  readonly isRequired: boolean;
  /** The fixed value and pattern of the element on each side. */
  readonly before: GivenValues;
  readonly after: GivenValues;
  /** Translates a canonical of the old side to that of the new side, without version. */
  translate(canonical: string): string;
  /** A short name of a canonical of the new side. */
  nameOf(canonical: string): string;
  /** All codes of a value set as `system|code`; `undefined` when they are not all known. */
  codesOf(side: 'before' | 'after', valueSet: string): readonly string[] | undefined;
  /** Whether a value set could be resolved. */
  isResolved(side: 'before' | 'after', valueSet: string): boolean;
}

/** A fixed value or a pattern. */
export interface GivenValues {
  readonly fixed?: Json;
  readonly pattern?: Json;
}

/**
 * What a change means for a program: it no longer compiles; it compiles, but the guard rejects its values; nothing; or
 * unknown, because one side could not be resolved.
 */
export type Verdict = 'breaks-compile' | 'breaks-validation' | 'safe' | 'unknown';

/** What a change means for programs that write values, and for programs that read them. */
export interface Verdicts {
  readonly write: Verdict;
  readonly read: Verdict;
}

/** One difference between two values of a fact. */
export interface FactChange<Kind extends string = string> extends Verdicts {
  readonly kind: Kind;
  /** Only comments and metadata change, nothing that affects a program. */
  readonly documentation?: true;
  /** The old value, in FHIR's notation. */
  readonly before?: string;
  /** The new value. */
  readonly after?: string;
  /** What changed and its effect, as a self-contained sentence. */
  readonly sentence: string;
}

/**
 * A fact of an element (FHIR R4, ElementDefinition) with everything that the generator does with it. Every part is
 * required: an incomplete fact does not compile.
 *
 * `Pinned` is its type in the pinned file, absent where the snapshot has no value. `Value` is its type in the model;
 * where that includes `undefined`, the member of the model is optional.
 */
export interface Fact<Key extends string, Pinned, Value, Kind extends string = string> {
  /** Name of the member in the pinned file and in the model. */
  readonly key: Key;
  /** The kinds of change that {@link compare} distinguishes. */
  readonly kinds: readonly Kind[];

  /** Reads an ElementDefinition. Throws when a member does not have FHIR's type. */
  read(element: FactReader, source: FactSource): Pinned | undefined;
  /** Reads the pinned file, which may have been merged by hand. Throws likewise. */
  parse(element: FactReader, limits: FactLimits): Pinned | undefined;

  /** The value for an element of a profile. */
  declared(pinned: Pinned | undefined, facts: DeclaredFacts): Value;
  /** The value for an element that no profile constrains. */
  ofBase(base: BaseFacts): Value;

  /** The part of the value that affects a type or a validator, `null` for none: equal signatures mean equal facts. */
  signature(value: Value, reach: FactReach): Json;
  /** The value where two descriptions of an element apply at once. */
  merge(general: Value, specific: Value, base: BaseFacts): Value;
  /** The value without what another description, which applies as well, states already. */
  differential(own: Value, general: Value, base: BaseFacts): Value;

  /** The rules of a validator. */
  rules(value: Value, base: BaseFacts): readonly RuleMember[];
  /** The comment. */
  doc(value: Value, words: FactWords): FactDoc | undefined;
  /** The changes from one version of a guide to the next. */
  compare(before: Value, after: Value, comparison: FactComparison): readonly FactChange<Kind>[];
}

/**
 * A fact of any kind. Its methods only receive results of the same fact's methods, so the types of its values do not
 * matter.
 */
export type AnyFact = Fact<string, unknown, unknown>;

/**
 * Checks that a fact is complete and keeps the literal types of its key and kinds.
 *
 * @param fact with all its parts
 */
export function fact<const Key extends string, Pinned, Value, const Kind extends string>(
  fact: Fact<Key, Pinned, Value, Kind>,
): Fact<Key, Pinned, Value, Kind> {
  return fact;
}

/**
 * Makes a rule member with a JSON value.
 *
 * @param name of the member
 * @param json `undefined` gives no member
 */
export function jsonRule(name: string, json: Json | undefined): readonly RuleMember[] {
  return json === undefined ? [] : [[name, { kind: 'json', json }]];
}

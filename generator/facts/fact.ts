import type { Json } from '../fhir/json.js';

/**
 * Reads the members of a JSON object from a package or a pinned file and checks each as it is read. Inherited members
 * do not count, and `null` counts as absent. A method throws when the member is there and is not what it asks for.
 */
export interface FactReader {
  /** The names of the object's own members. */
  names(): readonly string[];
  /** A string that is not empty and not longer than `limit`. */
  string(name: string, limit?: number): string | undefined;
  /** The same, of a member that has to be there. */
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
  /** A copy of any JSON that is not nested deeper than `depth`. */
  json(name: string, depth: number): Json | undefined;
  /** An error about a member, for a rule of the fact's own. */
  wrong(name: string, wanted: string): Error;
  /** An error about the whole object. */
  error(message: string): Error;
}

/** How much of a package a fact takes in. */
export interface FactLimits {
  /** Depth of a JSON value. */
  readonly depth: number;
  /** Length of a name. */
  readonly idLength: number;
  /** Length of prose; what is longer is cut. */
  readonly textLength: number;
}

/** Where an ElementDefinition stands. */
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

/** What surrounds a pinned fact when it becomes the fact of a model. */
export interface DeclaredFacts {
  readonly base: BaseFacts;
  /** Of the release of FHIR that the package is made for. */
  readonly family: 4 | 5;
  /** The element has a fixed value. */
  readonly isFixed: boolean;
  /** How models call the value set that a canonical of the pinned file stands for. */
  valueSetKey(canonical: string): string;
  /** Whether the datatype of the element has an invariant with this key. */
  hasTypeInvariant(key: string): boolean;
}

/**
 * Where two values of a fact may differ: the TypeScript type of the element, or a validator. What matters to a
 * type matters to a validator as well.
 */
export type FactReach = 'type' | 'rule';

/** A member of a rule in the validator's table. */
export type RuleMember = readonly [name: string, value: RuleValue];

/** What stands there: JSON, the codes of a value set, or those of some where another element has one of some values. */
export type RuleValue =
  | { readonly kind: 'json'; readonly json: Json }
  | { readonly kind: 'codes'; readonly valueSet: string }
  | { readonly kind: 'codes-where'; readonly bindings: readonly RuleCondition[] };

/** Codes where another element, given by its path, has one of some values. */
export interface RuleCondition {
  readonly at: string;
  readonly is: readonly Json[];
  readonly valueSet: string;
}

/** Languages that the sentences of comments exist in; the guide's own words stay as they are. */
export type FactLanguage = 'en' | 'fr';

/** What the sentences of comments are made with. */
export interface FactWords {
  readonly language: FactLanguage;
  /** Title and canonical of a value set. */
  valueSet(canonical: string): string;
}

/** What a comment says of a fact. */
export interface FactDoc {
  /** `lead`: the first line; `flag`: beside the cardinality, without a full stop; `line`: a sentence of its own. */
  readonly place: 'lead' | 'flag' | 'line';
  /** Plain text and code, from any source: the printer of comments escapes it. */
  readonly text: string | readonly FactText[];
}

/** A piece of text. */
export type FactText = string | { readonly kind: 'code'; readonly text: string };

/** What surrounds a fact in a comparison of two models. */
export interface FactComparison {
  /** ElementDefinition.id, for sentences. */
  readonly id: string;
  /** Both sides speak of this element; otherwise one of them is the more general element from which it follows. */
  readonly isSameElement: boolean;
  /** The element has to be there on the new side: a value that `create` no longer writes has to be given. */
  readonly isRequired: boolean;
  /** Values that the element is given on either side. */
  readonly before: GivenValues;
  readonly after: GivenValues;
  /** The canonical, without version, by which the new side knows what the old one calls so. */
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
 * What a change means for a program: it no longer compiles; it compiles, and the guard refuses what it makes; nothing;
 * or it is unknown, as one side could not be resolved.
 */
export type Verdict = 'breaks-compile' | 'breaks-validation' | 'safe' | 'unknown';

/** What a change means for programs that make values, and for those that take them. */
export interface Verdicts {
  readonly write: Verdict;
  readonly read: Verdict;
}

/** One difference between two values of a fact. */
export interface FactChange<Kind extends string = string> extends Verdicts {
  readonly kind: Kind;
  /** It only speaks to people: comments and metadata change, and nothing that a program sees. */
  readonly documentation?: true;
  /** What it was, in the notation of FHIR. */
  readonly before?: string;
  /** What it is. */
  readonly after?: string;
  /** What changed and what follows from it, to be read on its own. */
  readonly sentence: string;
}

/**
 * A fact of an element (FHIR R4, ElementDefinition) with all that the generator does with it. Every part is required:
 * a fact that lacks one does not compile.
 *
 * `Pinned` is what the pinned file has of it, absent where the snapshot says nothing. `Value` is what the model has of
 * it; where that includes `undefined`, the member of the model is optional.
 */
export interface Fact<Key extends string, Pinned, Value, Kind extends string = string> {
  /** Name of the member in the pinned file and in the model. */
  readonly key: Key;
  /** The kinds of change that {@link compare} distinguishes. */
  readonly kinds: readonly Kind[];

  /** From an ElementDefinition. Throws when a member is not what FHIR says it is. */
  read(element: FactReader, source: FactSource): Pinned | undefined;
  /** From the pinned file, which somebody may have merged by hand. Throws likewise. */
  parse(element: FactReader, limits: FactLimits): Pinned | undefined;

  /** The value of an element of a profile. */
  declared(pinned: Pinned | undefined, facts: DeclaredFacts): Value;
  /** The value of an element of which no profile speaks. */
  ofBase(base: BaseFacts): Value;

  /** What of the value matters to a type or to a validator, `null` for nothing: equal signatures mean equal facts. */
  signature(value: Value, reach: FactReach): Json;
  /** What holds where two descriptions of an element hold at once. */
  merge(general: Value, specific: Value, base: BaseFacts): Value;
  /** The value without what another description, which holds as well, says already. */
  differential(own: Value, general: Value, base: BaseFacts): Value;

  /** What a validator checks. */
  rules(value: Value, base: BaseFacts): readonly RuleMember[];
  /** What a comment says. */
  doc(value: Value, words: FactWords): FactDoc | undefined;
  /** What changed from one version of a guide to the next. */
  compare(before: Value, after: Value, comparison: FactComparison): readonly FactChange<Kind>[];
}

/** A fact of any kind. Its methods take what the same fact's methods gave, so the types of its values do not matter. */
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
 * A member with JSON as its value.
 *
 * @param name of the member
 * @param json `undefined` gives no member
 */
export function jsonRule(name: string, json: Json | undefined): readonly RuleMember[] {
  return json === undefined ? [] : [[name, { kind: 'json', json }]];
}

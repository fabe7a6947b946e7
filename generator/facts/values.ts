import type { Json } from '../fhir/json.js';
import type {
  AnyFact,
  BaseFacts,
  DeclaredFacts,
  FactChange,
  FactComparison,
  FactDoc,
  FactLimits,
  FactReach,
  FactReader,
  FactSource,
  FactWords,
  RuleMember,
} from './fact.js';
import { FACTS, type FactRegistry, type FactValues, type PinnedFacts } from './registry.js';

/**
 * All facts of an ElementDefinition.
 *
 * @param element its members
 * @param source the location of the element
 * @param facts the registry
 * @throws when a member does not have FHIR's type
 */
export function readFacts(element: FactReader, source: FactSource, facts: FactRegistry = FACTS): PinnedFacts {
  return pinnedFacts(facts, (fact) => fact.read(element, source));
}

/**
 * All facts of an element of a pinned file.
 *
 * @param element its members
 * @param limits see {@link FactLimits}
 * @param facts the registry
 * @throws when a member does not have the type of the file format
 */
export function parseFacts(element: FactReader, limits: FactLimits, facts: FactRegistry = FACTS): PinnedFacts {
  return pinnedFacts(facts, (fact) => fact.parse(element, limits));
}

/**
 * The facts of an element of a profile.
 *
 * @param pinned the facts in the snapshot
 * @param declared their context
 * @param facts the registry
 */
export function declaredFacts(pinned: PinnedFacts, declared: DeclaredFacts, facts: FactRegistry = FACTS): FactValues {
  return factValues(facts, (fact) => fact.declared(valueOf(pinned, fact.key), declared));
}

/**
 * The facts of an element that no profile constrains.
 *
 * @param base the element of the FHIR type
 * @param facts the registry
 */
export function baseFacts(base: BaseFacts, facts: FactRegistry = FACTS): FactValues {
  return factValues(facts, (fact) => fact.ofBase(base));
}

/**
 * The facts where two descriptions of an element apply at once.
 *
 * @param general the wider description
 * @param specific the narrower one
 * @param base the element of the FHIR type
 * @param facts the registry
 */
export function mergeFacts(
  general: FactValues,
  specific: FactValues,
  base: BaseFacts,
  facts: FactRegistry = FACTS,
): FactValues {
  return factValues(facts, ({ key, merge }) => merge(valueOf(general, key), valueOf(specific, key), base));
}

/**
 * The facts of an element beyond another description that applies as well.
 *
 * @param own the element
 * @param general the other description
 * @param base the element of the FHIR type
 * @param facts the registry
 */
export function factDifferential(
  own: FactValues,
  general: FactValues,
  base: BaseFacts,
  facts: FactRegistry = FACTS,
): FactValues {
  return factValues(facts, ({ key, differential }) => differential(valueOf(own, key), valueOf(general, key), base));
}

/**
 * The part of all facts that affects a type or a validator: equal signatures mean equal facts.
 *
 * @param values of an element
 * @param reach see {@link FactReach}
 * @param facts the registry
 */
export function factSignature(values: FactValues, reach: FactReach, facts: FactRegistry = FACTS): Json {
  return facts.map(({ key, signature }) => signature(valueOf(values, key), reach));
}

/**
 * The rules of a validator for an element.
 *
 * @param values of an element
 * @param base the element of the FHIR type
 * @param facts the registry
 */
export function factRules(values: FactValues, base: BaseFacts, facts: FactRegistry = FACTS): readonly RuleMember[] {
  const members: RuleMember[] = [];
  for (const { key, rules } of facts) members.push(...rules(valueOf(values, key), base));
  return members;
}

/**
 * The comments for an element.
 *
 * @param values of an element
 * @param words of the language
 * @param facts the registry
 */
export function factDocs(values: FactValues, words: FactWords, facts: FactRegistry = FACTS): readonly FactDoc[] {
  const docs: FactDoc[] = [];
  for (const { key, doc } of facts) {
    const said = doc(valueOf(values, key), words);
    if (said !== undefined) docs.push(said);
  }
  return docs;
}

/** The comment for a fact, and what enforces the fact. */
export interface FactStatement extends FactDoc {
  /** The fact, by its key. */
  readonly fact: string;
  readonly byCompiler: boolean;
  readonly byValidator: boolean;
}

/**
 * The sentences of the comments for an element, each with what enforces it.
 *
 * @param values all facts
 * @param base of the FHIR type
 * @param words to write sentences with
 * @param facts the registry
 */
export function factStatements(
  values: FactValues,
  base: BaseFacts,
  words: FactWords,
  facts: FactRegistry = FACTS,
): readonly FactStatement[] {
  return facts.flatMap(({ key, doc, signature, rules }): FactStatement[] => {
    const value = valueOf(values, key);
    const said = doc(value, words);
    if (said === undefined) return [];
    const byCompiler = signature(value, 'type') !== null;
    return [{ ...said, fact: key, byCompiler, byValidator: byCompiler || rules(value, base).length > 0 }];
  });
}

/**
 * The changes of an element.
 *
 * @param before its facts on the old side
 * @param after its facts on the new side
 * @param comparison both sides
 * @param facts the registry
 */
export function factChanges(
  before: FactValues,
  after: FactValues,
  comparison: FactComparison,
  facts: FactRegistry = FACTS,
): readonly FactChange[] {
  return facts.flatMap(({ key, compare }) => compare(valueOf(before, key), valueOf(after, key), comparison));
}

/**
 * Replaces the facts of an element: a fact without a value has no member, whatever the element had.
 *
 * @param element any
 * @param values all facts
 * @param facts the registry
 */
export function withFacts<T extends FactValues>(element: T, values: FactValues, facts: FactRegistry = FACTS): T {
  const rest: T = { ...element };
  for (const { key } of facts) Reflect.deleteProperty(rest, key);
  return { ...rest, ...values };
}

/**
 * Whether two elements have the same value of a fact.
 *
 * @param fact one of the registry
 * @param a facts of an element
 * @param b facts of another
 */
export function isSameFact({ key }: AnyFact, a: FactValues, b: FactValues): boolean {
  return JSON.stringify(valueOf(a, key)) === JSON.stringify(valueOf(b, key));
}

type Each = (fact: FactRegistry[number]) => unknown;

/** The registry pairs each key with the type of its value; a loop cannot express that. */
function pinnedFacts(facts: FactRegistry, each: Each): PinnedFacts {
  return collected(facts, each) as PinnedFacts;
}

/** Likewise. */
function factValues(facts: FactRegistry, each: Each): FactValues {
  return collected(facts, each) as unknown as FactValues;
}

function collected(facts: FactRegistry, each: Each): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const fact of facts) {
    const value = each(fact);
    if (value !== undefined) values[fact.key] = value;
  }
  return values;
}

function valueOf(values: PinnedFacts | FactValues, key: string): unknown {
  const members: Readonly<Record<string, unknown>> = values;
  return members[key];
}

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
 * @param source where it stands
 * @param facts that there are
 * @throws when a member is not what FHIR says it is
 */
export function readFacts(element: FactReader, source: FactSource, facts: FactRegistry = FACTS): PinnedFacts {
  return pinnedFacts(facts, (fact) => fact.read(element, source));
}

/**
 * All facts of an element of a pinned file.
 *
 * @param element its members
 * @param limits see there
 * @param facts that there are
 * @throws when a member is not what the file says of it
 */
export function parseFacts(element: FactReader, limits: FactLimits, facts: FactRegistry = FACTS): PinnedFacts {
  return pinnedFacts(facts, (fact) => fact.parse(element, limits));
}

/**
 * The facts of an element of a profile.
 *
 * @param pinned as the snapshot has them
 * @param declared what surrounds them
 * @param facts that there are
 */
export function declaredFacts(pinned: PinnedFacts, declared: DeclaredFacts, facts: FactRegistry = FACTS): FactValues {
  return factValues(facts, (fact) => fact.declared(valueOf(pinned, fact.key), declared));
}

/**
 * The facts of an element of which no profile speaks.
 *
 * @param base the element of the FHIR type
 * @param facts that there are
 */
export function baseFacts(base: BaseFacts, facts: FactRegistry = FACTS): FactValues {
  return factValues(facts, (fact) => fact.ofBase(base));
}

/**
 * What holds where two descriptions of an element hold at once.
 *
 * @param general the wider description
 * @param specific the narrower one
 * @param base the element of the FHIR type
 * @param facts that there are
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
 * What an element says beyond another description that holds as well.
 *
 * @param own the element
 * @param general the other description
 * @param base the element of the FHIR type
 * @param facts that there are
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
 * What of all facts matters to a type or to a validator: equal signatures mean equal facts.
 *
 * @param values of an element
 * @param reach see there
 * @param facts that there are
 */
export function factSignature(values: FactValues, reach: FactReach, facts: FactRegistry = FACTS): Json {
  return facts.map(({ key, signature }) => signature(valueOf(values, key), reach));
}

/**
 * What a validator checks of an element.
 *
 * @param values of an element
 * @param base the element of the FHIR type
 * @param facts that there are
 */
export function factRules(values: FactValues, base: BaseFacts, facts: FactRegistry = FACTS): readonly RuleMember[] {
  const members: RuleMember[] = [];
  for (const { key, rules } of facts) members.push(...rules(valueOf(values, key), base));
  return members;
}

/**
 * What a comment says of an element.
 *
 * @param values of an element
 * @param words of the language
 * @param facts that there are
 */
export function factDocs(values: FactValues, words: FactWords, facts: FactRegistry = FACTS): readonly FactDoc[] {
  const docs: FactDoc[] = [];
  for (const { key, doc } of facts) {
    const said = doc(valueOf(values, key), words);
    if (said !== undefined) docs.push(said);
  }
  return docs;
}

/** What a comment says of a fact, and who enforces it. */
export interface FactStatement extends FactDoc {
  readonly byCompiler: boolean;
  readonly byValidator: boolean;
}

/**
 * What comments say of an element, each sentence with those who enforce it.
 *
 * @param values all facts
 * @param base of the FHIR type
 * @param words to say it with
 * @param facts that there are
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
    return [{ ...said, byCompiler, byValidator: byCompiler || rules(value, base).length > 0 }];
  });
}

/**
 * What changed of an element.
 *
 * @param before its facts on the old side
 * @param after its facts on the new side
 * @param comparison both sides
 * @param facts that there are
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
 * An element with other facts: a fact of which nothing is said has no member, whatever the element had.
 *
 * @param element any
 * @param values all facts
 * @param facts that there are
 */
export function withFacts<T extends FactValues>(element: T, values: FactValues, facts: FactRegistry = FACTS): T {
  const rest: T = { ...element };
  for (const { key } of facts) Reflect.deleteProperty(rest, key);
  return { ...rest, ...values };
}

/**
 * Whether two elements have the same value of a fact.
 *
 * @param fact one of those that there are
 * @param a facts of an element
 * @param b facts of another
 */
export function isSameFact({ key }: AnyFact, a: FactValues, b: FactValues): boolean {
  return JSON.stringify(valueOf(a, key)) === JSON.stringify(valueOf(b, key));
}

type Each = (fact: FactRegistry[number]) => unknown;

/** The registry pairs each key with the type of its value; a loop cannot say so to the compiler. */
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

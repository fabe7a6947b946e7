import { jsonValue, type Value } from '../emit/value.js';
import { type Constraint, type InvariantJson, invariantRules } from '../facts/constraints.js';

/** The texts of an invariant that is checked without its expression, which only messages need, by its key. */
export type InvariantTexts = ReadonlyMap<string, readonly [human: string, expression: string]>;

/**
 * Invariants as a list of `InvariantRule`.
 *
 * @param constraints of an element or datatype
 * @param apart texts in a separate file, so that guards do not need them
 * @returns `undefined` when none has an expression
 */
export function invariantsValue(constraints: readonly Constraint[], apart?: InvariantTexts): Value | undefined {
  const rules = invariantRules(constraints)?.map((rule) => {
    const { key, severity, check } = rule;
    return check !== undefined && apart?.has(key) === true ? { key, severity, check } : rule;
  });
  return rules && jsonValue(rules);
}

/**
 * The texts of invariants in the separate file.
 *
 * @param constraints all that may be meant; a key of different invariants is left out
 */
export function textsApart(constraints: readonly Constraint[]): InvariantTexts {
  const rules = new Map<string, InvariantJson>();
  const unclear = new Set<string>();
  for (const rule of invariantRules(constraints) ?? []) {
    const { human, expression } = rules.get(rule.key) ?? rule;
    if (rule.check === undefined || human !== rule.human || expression !== rule.expression) unclear.add(rule.key);
    rules.set(rule.key, rule);
  }
  const clear = [...rules.values()].filter(({ key }) => !unclear.has(key));
  return new Map(clear.map(({ key, human, expression }) => [key, [human ?? expression, expression]]));
}

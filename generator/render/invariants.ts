import { jsonValue, type Value } from '../emit/value.js';
import { type Constraint, invariantRules } from '../facts/constraints.js';

/**
 * Invariants as a list of `InvariantRule`.
 *
 * @param constraints of an element or datatype
 * @returns `undefined` when none has an expression
 */
export function invariantsValue(constraints: readonly Constraint[]): Value | undefined {
  const rules = invariantRules(constraints);
  return rules === undefined ? undefined : jsonValue(rules);
}

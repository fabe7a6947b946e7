import { type Constraint, invariantRules } from '../facts/constraints.js';
import { jsonLiteral } from './literal.js';

/**
 * Invariants as the source text of a list of `InvariantRule`.
 *
 * @param constraints of an element or datatype
 * @returns `undefined` when none has an expression
 */
export function invariantsSource(constraints: readonly Constraint[]): string | undefined {
  const rules = invariantRules(constraints);
  return rules === undefined ? undefined : jsonLiteral(rules);
}

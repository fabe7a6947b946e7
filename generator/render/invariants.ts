import { array, object, value, type Value } from '../emit/value.js';
import { simpleCheck, type SimpleCheck } from '../model/invariant.js';
import type { PinnedConstraint } from '../pin/snapshot.js';

/**
 * Invariants as a list of `InvariantRule`.
 *
 * @param constraints of an element or datatype
 * @returns `undefined` when none has an expression
 */
export function invariantsValue(constraints: readonly PinnedConstraint[]): Value | undefined {
  const rules = constraints.flatMap(({ key, severity, expression }) => {
    if (expression === undefined) return [];
    return [
      object([
        ['key', value(key)],
        ['severity', value(severity)],
        ['expression', value(expression)],
        ['check', checkValue(simpleCheck(expression))],
      ]),
    ];
  });
  return rules.length === 0 ? undefined : array(rules);
}

function checkValue(check: SimpleCheck | undefined): Value | undefined {
  if (check === undefined) return undefined;
  if (typeof check === 'string') return value(check);
  const [operator, ...operands] = check;
  return array([value(operator), ...operands.flatMap((operand) => checkValue(operand) ?? [])]);
}

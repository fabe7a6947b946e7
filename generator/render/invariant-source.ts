import { simpleCheck, type SimpleCheck } from '../model/invariant.js';
import type { PinnedConstraint } from '../pin/snapshot.js';
import { stringLiteral } from './literal.js';
import { listSource, objectSource } from './source-text.js';

/**
 * Invariants as the source text of a list of `InvariantRule`.
 *
 * @param constraints of an element or datatype
 * @returns `undefined` when none has an expression
 */
export function invariantsSource(constraints: readonly PinnedConstraint[]): string | undefined {
  const rules = constraints.flatMap(({ key, severity, expression }) => {
    if (expression === undefined) return [];
    return [
      objectSource([
        ['key', stringLiteral(key)],
        ['severity', stringLiteral(severity)],
        ['expression', stringLiteral(expression)],
        ['check', checkSource(simpleCheck(expression))],
      ]),
    ];
  });
  return rules.length === 0 ? undefined : listSource(rules);
}

function checkSource(check: SimpleCheck | undefined): string | undefined {
  if (check === undefined || typeof check === 'string') return check === undefined ? undefined : stringLiteral(check);
  const [operator, ...operands] = check;
  return listSource([stringLiteral(operator), ...operands.map((operand) => checkSource(operand) ?? 'undefined')]);
}

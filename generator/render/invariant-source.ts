import { simpleCheck, type SimpleCheck } from '../model/invariant.js';
import type { PinnedConstraint } from '../pin/snapshot.js';
import { stringLiteral } from './literal.js';

/**
 * Invariants as the source text of a list of `InvariantRule`.
 *
 * @param constraints of an element or datatype
 * @returns `undefined` when none has an expression
 */
export function invariantsSource(constraints: readonly PinnedConstraint[]): string | undefined {
  const rules = constraints.flatMap(({ key, severity, expression }) => {
    if (expression === undefined) return [];
    const check = checkSource(simpleCheck(expression));
    const members = [
      `key: ${stringLiteral(key)}`,
      `severity: ${stringLiteral(severity)}`,
      `expression: ${stringLiteral(expression)}`,
      ...(check === undefined ? [] : [`check: ${check}`]),
    ];
    return [`{ ${members.join(', ')} }`];
  });
  return rules.length === 0 ? undefined : `[${rules.join(', ')}]`;
}

function checkSource(check: SimpleCheck | undefined): string | undefined {
  if (check === undefined || typeof check === 'string') return check === undefined ? undefined : stringLiteral(check);
  const [operator, ...operands] = check;
  return `[${[stringLiteral(operator), ...operands.map((operand) => checkSource(operand) ?? 'undefined')].join(', ')}]`;
}

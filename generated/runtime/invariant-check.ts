import { exceeds } from './bound.js';
import { isObject, type Verdict } from './json.js';
import { nodesOf } from './node.js';
import type { InvariantCheck } from './table.js';

/**
 * Whether a value satisfies the check of an invariant (see {@link InvariantCheck}).
 *
 * @returns `undefined` when the result is empty, as for an absent value (FHIRPath, "Propagation of empty results"). An
 *   invariant has to be true, so it does not hold then.
 */
export function holds(check: InvariantCheck, value: unknown): Verdict {
  if (typeof check === 'string' || check[0] === 'where') return valuesAt(value, check).length > 0;
  const [operator, a, b = '', ...more] = check;
  if (operator === 'not') return negated(holds(a, value));
  if (/^(?:and|or|xor)$/.test(operator)) {
    const left = holds(a, value);
    // One side decides, whatever the other side is.
    if (left === (operator === 'or') && operator !== 'xor') return left;
    const right = typeof b === 'number' ? undefined : holds(b, value);
    if (operator === 'xor') return left === undefined || right === undefined ? undefined : left !== right;
    return right === (operator === 'or') || left !== undefined ? right : undefined;
  }
  const values = valuesAt(value, a);
  if (values.length === 0) return undefined;
  if (operator === 'is') {
    // Several values never equal a single value.
    if (more.length === 0 && values.length > 1) return false;
    return values.every((each) => each === b || more.some((text) => each === text));
  }
  if (operator === 'starts') return values.some((each) => String(each).startsWith(String(b)));
  if (operator === 'contains') return values.some((each) => String(each).includes(String(b)));
  const others = typeof b === 'number' ? [b] : valuesAt(value, b);
  if (others.length === 0) return undefined;
  return values.every((left) => others.every((right) => isOrdered(operator, left, right)));
}

function negated(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}

/** Values that cannot be compared, such as a date and a part of it, pass. */
function isOrdered(operator: string, left: unknown, right: unknown): boolean {
  const [low, high] = operator.startsWith('<') ? [left, right] : [right, left];
  return !exceeds(low, high) && (operator.endsWith('=') || low !== high);
}

function valuesAt(value: unknown, check: InvariantCheck): readonly unknown[] {
  if (typeof check !== 'string') {
    const [, source, condition = '', path = ''] = check;
    const some = valuesAt(value, source).filter(
      (each) => typeof condition !== 'number' && holds(condition, each) === true,
    );
    return some.flatMap((each) => valuesAt(each, path));
  }
  let values: readonly unknown[] = value === undefined ? [] : [value];
  for (const name of check === '' ? [] : check.split('.')) {
    values = values
      .filter(isObject)
      .flatMap((host) =>
        [false, true]
          .flatMap((choice) => nodesOf(host, { name, twin: `_${name}`, choice }))
          .map((node) => node.value ?? node.twin),
      );
  }
  return values;
}

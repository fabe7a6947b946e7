import { exceeds } from './bound.js';
import { isObject } from './json.js';
import { nodesOf } from './node.js';
import type { InvariantCheck } from './table.js';

/** Whether a value satisfies what an invariant comes down to (see {@link InvariantCheck}). */
export function holds(check: InvariantCheck, value: unknown): boolean {
  if (typeof check === 'string') return valuesAt(value, check).length > 0;
  const [operator, a, b = '', ...more] = check;
  if (typeof a === 'string') {
    const values = (): readonly unknown[] => valuesAt(value, a);
    if (operator === 'is') return values().some((each) => each === b || more.some((text) => each === text));
    if (operator === 'starts') return values().some((each) => String(each).startsWith(String(b)));
    if (operator === 'contains') return values().some((each) => String(each).includes(String(b)));
    if (operator === 'where') return typeof b !== 'number' && values().some((each) => holds(b, each));
    if (/[<>]/.test(operator)) {
      const others = typeof b === 'string' ? valuesAt(value, b) : [b];
      return values().every((left) => others.every((right) => isOrdered(operator, left, right)));
    }
  }
  const left = holds(a, value);
  if (operator === 'not') return !left;
  const right = (): boolean => typeof b !== 'number' && holds(b, value);
  if (operator === 'and') return left && right();
  return operator === 'or' ? left || right() : left !== right();
}

/** What cannot be compared, such as a date with a part of it, is in order. */
function isOrdered(operator: string, left: unknown, right: unknown): boolean {
  const [low, high] = operator.startsWith('<') ? [left, right] : [right, left];
  return !exceeds(low, high) && (operator.endsWith('=') || low !== high);
}

function valuesAt(value: unknown, path: string): readonly unknown[] {
  let values: readonly unknown[] = value === undefined ? [] : [value];
  for (const name of path === '' ? [] : path.split('.')) {
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

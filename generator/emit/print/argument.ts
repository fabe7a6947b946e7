import type { Value } from '../value.js';

/**
 * Whether elements are several arrays, or several objects, each with more than one member: prettier then prints one per
 * line.
 *
 * @param elements of an array
 */
export function isMatrix(elements: readonly Value[]): boolean {
  if (elements.length < 2) return false;
  const [first] = elements;
  return elements.every((one) => {
    if (one.kind === 'array') return first?.kind === 'array' && one.elements.length > 1;
    return one.kind === 'object' && first?.kind === 'object' && one.properties.length > 1;
  });
}

/**
 * Whether a value is an array of numbers only, of which prettier puts as many as fit on one line.
 *
 * @param value any
 */
export function isNumeric(value: Value): boolean {
  if (value.kind !== 'array' || value.elements.length === 0) return false;
  return value.elements.every((one) => one.kind === 'literal' && typeof one.value === 'number');
}

/**
 * Whether arguments are several functions, or calls with one: prettier then prints one per line.
 *
 * @param values arguments
 */
export function isComposition(values: readonly Value[]): boolean {
  if (values.length < 2) return false;
  let functions = 0;
  for (const one of values) {
    if (one.kind === 'thunk') {
      functions += 1;
      if (functions > 1) return true;
    } else if (one.kind === 'call' && one.constructs !== true) {
      if (one.arguments.some((argument) => argument.kind === 'thunk')) return true;
    }
  }
  return false;
}

/**
 * Whether the last argument may start on the line of the parenthesis: `f({ … })`.
 *
 * @param values arguments
 * @param last the last of them
 */
export function isLastHugged(values: readonly Value[], last: Value): boolean {
  const before = values.at(-2);
  if (!isHuggable(last) || before?.kind === last.kind) return false;
  if (values.length === 2 && before?.kind === 'thunk' && last.kind === 'array') return false;
  return values.length === 1 || !isNumeric(last);
}

function isHuggable(value: Value): boolean {
  switch (value.kind) {
    case 'object':
      return value.properties.length > 0;
    case 'array':
      return value.elements.length > 0;
    case 'as':
      return isHuggable(value.value);
    case 'thunk': {
      const { body } = value;
      return body.kind === 'object' || body.kind === 'array' || (body.kind === 'call' && body.constructs !== true);
    }
    default:
      return false;
  }
}

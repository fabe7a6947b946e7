import { isObject } from './json.js';

/**
 * Whether a value of an ordered type exceeds another (FHIR R4, ElementDefinition.minValue[x]). False for values that
 * cannot be compared: a date and a part of it, quantities in different units.
 */
export function exceeds(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a > b;
  if (isObject(a) && isObject(b)) {
    return ['system', 'code', 'unit'].every((member) => a[member] === b[member]) && exceeds(a['value'], b['value']);
  }
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  const [left, right] = [a, b].map((text) => (ZONED.test(text) ? Date.parse(text) : NaN));
  if (left && right) return left > right;
  const length = Math.min(a.length, b.length);
  return a.slice(0, length) > b.slice(0, length);
}

/** A time with its zone; a time without one is compared as it is written. */
const ZONED = /T.*(?:Z|[+-]\d\d:\d\d)$/;

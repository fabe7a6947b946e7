import type { Json } from '../fhir/json.js';
import type { FactDoc, FactText } from './fact.js';

/** Longest value that a comment repeats. */
const VALUE_LIMIT = 200;

/**
 * Marks a text as code.
 *
 * @param text any
 */
export function codeText(text: string): FactText {
  return { kind: 'code', text };
}

/**
 * The comment for a fixed value or pattern: a primitive after the cardinality, any other value on a separate line.
 *
 * @param name kind of value
 * @param value JSON, if the guide gives one
 */
export function givenDoc(name: string, value: Json | undefined): FactDoc | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object') return { place: 'flag', text: [name, ' ', valueText(value)] };
  return { place: 'line', text: [name.charAt(0).toUpperCase(), name.slice(1), ': ', valueText(value), '.'] };
}

/**
 * Formats a value as code; cuts a long one.
 *
 * @param value JSON
 */
export function valueText(value: Json): FactText {
  return codeText((typeof value === 'string' ? value : JSON.stringify(value)).slice(0, VALUE_LIMIT));
}

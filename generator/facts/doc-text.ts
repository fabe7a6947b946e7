import type { Json } from '../fhir/json.js';
import type { FactText } from './fact.js';

/** Longest value that a comment repeats. */
const VALUE_LIMIT = 200;

/**
 * Text as code.
 *
 * @param text any
 */
export function codeText(text: string): FactText {
  return { kind: 'code', text };
}

/**
 * A value as code; a long one is cut.
 *
 * @param value JSON
 */
export function valueText(value: Json): FactText {
  return codeText((typeof value === 'string' ? value : JSON.stringify(value)).slice(0, VALUE_LIMIT));
}

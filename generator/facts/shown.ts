import { byCodeUnit } from '../order.js';
import { type Json, isObject } from '../fhir/json.js';

/** Longest value that a sentence shows. */
const SHOWN = 120;

/**
 * JSON on one line in which the order of members makes no difference.
 *
 * @param value JSON
 */
export function sortedJson(value: Json): string {
  return JSON.stringify(value, (_, item: unknown) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => byCodeUnit(a, b))) : item,
  );
}

/**
 * A text that is short enough for a sentence.
 *
 * @param text any; nothing gives the empty text
 */
export function cut(text = ''): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

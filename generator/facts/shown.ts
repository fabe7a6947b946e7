import { byCodeUnit } from '../order.js';
import { type Json, isObject } from '../fhir/json.js';

/** Longest value that a sentence shows. */
const SHOWN = 120;

/**
 * JSON on one line with sorted members.
 *
 * @param value JSON
 */
export function sortedJson(value: Json): string {
  return JSON.stringify(value, (_, item: unknown) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => byCodeUnit(a, b))) : item,
  );
}

/**
 * Cuts a text that is too long for a sentence.
 *
 * @param text any; an empty string by default
 */
export function cut(text = ''): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

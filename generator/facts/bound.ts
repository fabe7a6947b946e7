import { isSameJson, type Json } from '../fhir/json.js';
import type { FactChange, FactReader } from './fact.js';
import { sortedJson } from './shown.js';
import { SAFE, STRICTER_RULE } from './verdict.js';

/**
 * `minValue[x]` or `maxValue[x]` of an ElementDefinition: a number or a string in JSON, whatever the type; an object
 * for a Quantity.
 *
 * @param element an ElementDefinition
 * @param prefix the name without the type
 * @param depth see `FactLimits`
 */
export function readBound(element: FactReader, prefix: 'minValue' | 'maxValue', depth: number): Json | undefined {
  const name = element.names().find((item) => item.startsWith(prefix));
  return name === undefined ? undefined : element.json(name, depth);
}

/**
 * Whether one bound is above another: numbers by value, dates of equal precision by their text. False if they cannot be
 * compared.
 *
 * @param a a bound
 * @param b another
 */
export function isAbove(a: Json, b: Json): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a > b;
  return typeof a === 'string' && typeof b === 'string' && a.length === b.length && a > b;
}

/**
 * The narrower of two bounds; the specific one where they cannot be compared.
 *
 * @param general of the wider description
 * @param specific of the narrower one
 * @param isNarrower whether the first is narrower than the second
 */
export function narrowerBound(
  general: Json | undefined,
  specific: Json | undefined,
  isNarrower: (a: Json, b: Json) => boolean,
): Json | undefined {
  if (general === undefined || specific === undefined) return specific ?? general;
  return isNarrower(general, specific) ? general : specific;
}

/**
 * Describes how a bound changed.
 *
 * @param kind of the change
 * @param what the bound limits, for the sentence
 * @param before the bound on the old side
 * @param after the bound on the new side
 * @param isWider whether the new bound allows more than the old one
 */
export function boundChange<Kind extends string, T extends Json>(
  kind: Kind,
  what: string,
  before: T | undefined,
  after: T | undefined,
  isWider: (after: T, before: T) => boolean,
): readonly FactChange<Kind>[] {
  if (isSameJson(before, after)) return [];
  const isLooser = after === undefined || (before !== undefined && isWider(after, before));
  const was = before === undefined ? 'none' : sortedJson(before);
  const is = after === undefined ? 'none' : sortedJson(after);
  const verdicts = isLooser ? SAFE : STRICTER_RULE;
  return [{ kind, ...verdicts, before: was, after: is, sentence: `the limit on ${what} changed: ${was} → ${is}` }];
}

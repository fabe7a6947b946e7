import type { PinnedElement } from '../pin/snapshot.js';
import { byCodeUnit } from '../order.js';
import type { ChangeFact, ChangeKind } from './change.js';
import type { Sides } from './sides.js';
import { parseCanonical } from '../fhir/canonical.js';
import type { Json } from '../fhir/json.js';

/** Longest value that a sentence shows. */
const SHOWN = 120;

/**
 * How fixed values, patterns and limits of values changed (FHIR R4, ElementDefinition.fixed[x], pattern[x],
 * minValue[x], maxValue[x], maxLength).
 *
 * @param id of the element, for sentences
 * @param before the element in the old snapshot
 * @param after the element in the new snapshot
 * @param sides of the comparison
 */
export function valueChanges(id: string, before: PinnedElement, after: PinnedElement, sides: Sides): ChangeFact[] {
  return [
    ...givenChanges(id, before, after, sides),
    ...limitChange('max-length', 'the length', id, before.maxLength, after.maxLength, (a, b) => a > b),
    ...limitChange('max-value', 'the highest value', id, before.maxValue, after.maxValue, isHigher),
    ...limitChange('min-value', 'the lowest value', id, before.minValue, after.minValue, (a, b) => isHigher(b, a)),
  ];
}

/** A value that the guide gives. A pattern says the same of a primitive as a fixed value, and less of the rest. */
interface Given {
  readonly kind: 'fixed-value' | 'pattern';
  readonly value: Json;
  readonly exact: boolean;
}

function givenChanges(id: string, before: PinnedElement, after: PinnedElement, sides: Sides): ChangeFact[] {
  const old = givenOf(before);
  const next = givenOf(after);
  const was = old === undefined ? undefined : text(translated(old.value, sides));
  const is = next === undefined ? undefined : text(next.value);
  if (was === is && old?.exact === next?.exact) return [];
  const both = { ...(was === undefined ? {} : { before: cut(was) }), ...(is === undefined ? {} : { after: cut(is) }) };
  if (next === undefined) {
    // It was filled in; now whoever builds the resource has to give it, or the reader gets any value.
    const sentence = `${id} no longer has the given value ${cut(was ?? '')}`;
    return [{ kind: old?.kind ?? 'pattern', impact: 'breaking', ...both, sentence }];
  }
  if (old === undefined) {
    return [{ kind: next.kind, impact: 'breaking', ...both, sentence: `${id} must have the value ${cut(is ?? '')}` }];
  }
  if (was !== is) {
    const sentence = `${id} must have the value ${cut(is ?? '')} in place of ${cut(was ?? '')}`;
    return [{ kind: next.kind, impact: 'breaking', ...both, sentence }];
  }
  return next.exact
    ? [{ kind: next.kind, impact: 'breaking', ...both, sentence: `${id} must have its value and nothing beside it` }]
    : [{ kind: next.kind, impact: 'compatible', ...both, sentence: `${id} may have more than its given value` }];
}

function givenOf(element: PinnedElement): Given | undefined {
  const { fixed, pattern } = element;
  if (fixed !== undefined) return { kind: 'fixed-value', value: fixed.value, exact: isComplex(fixed.value) };
  if (pattern !== undefined) return { kind: 'pattern', value: pattern.value, exact: false };
  return undefined;
}

function isComplex(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

/** The url of an extension is its canonical: it is known by then that this has changed. */
function translated(value: Json, sides: Sides): Json {
  if (typeof value !== 'string') return value;
  const { url } = parseCanonical(value);
  return `${sides.translate(url)}${value.slice(url.length)}`;
}

function limitChange<T extends Json>(
  kind: ChangeKind,
  what: string,
  id: string,
  before: T | undefined,
  after: T | undefined,
  isWider: (after: T, before: T) => boolean,
): ChangeFact[] {
  if (before === undefined && after === undefined) return [];
  if (before !== undefined && after !== undefined && text(before) === text(after)) return [];
  const impact = after === undefined || (before !== undefined && isWider(after, before)) ? 'compatible' : 'breaking';
  const [was, is] = [
    before === undefined ? 'none' : cut(text(before)),
    after === undefined ? 'none' : cut(text(after)),
  ];
  return [{ kind, impact, before: was, after: is, sentence: `the limit on ${what} of ${id} changed: ${was} → ${is}` }];
}

/** Numbers by size; dates of one precision by their text; what cannot be compared is not higher. */
function isHigher(a: Json, b: Json): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a > b;
  return typeof a === 'string' && typeof b === 'string' && a.length === b.length && a > b;
}

/** JSON in which the order of members makes no difference. */
function text(value: Json): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => byCodeUnit(a, b)))
      : item,
  );
}

function cut(value: string): string {
  return value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
}

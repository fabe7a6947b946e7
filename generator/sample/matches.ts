import { steps } from '../model/discriminator.js';
import type { SliceTestModel, ValueTest } from '../model/model.js';
import { codingsOf, conceptOf, isIn } from './codes.js';
import { extensionUrl } from './slices.js';
import type { Context } from './spec.js';
import type { Json } from '../fhir/json.js';

/** True, false, or `undefined` when undecidable. */
export type Verdict = boolean | undefined;

/**
 * Whether a value contains a pattern (FHIR R4, ElementDefinition.pattern[x]).
 *
 * @param value the value
 * @param pattern the pattern
 */
export function contains(value: Json | undefined, pattern: Json): boolean {
  if (Array.isArray(pattern)) {
    return Array.isArray(value) && pattern.every((one: Json) => value.some((item: Json) => contains(item, one)));
  }
  if (pattern === null || typeof pattern !== 'object') return value === pattern;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const members = new Map(Object.entries(value));
  return Object.entries(pattern).every(([name, one]) => contains(members.get(name), one));
}

/**
 * Whether an item belongs to a slice.
 *
 * @param value the item
 * @param tests the tests of the slice
 */
export function belongs(value: Json, tests: readonly SliceTestModel[], context: Context): Verdict {
  return every(tests.map((test) => holds(value, test, context)));
}

function holds(value: Json, test: SliceTestModel, context: Context): Verdict {
  const found = valuesAt(value, test.at);
  // Only the type of a reference's target is known.
  if (needsTarget(test)) return undefined;
  switch (test.kind) {
    case 'undecidable':
      return undefined;
    case 'position':
      return undefined;
    case 'exists':
      return found.length > 0 === test.exists;
    case 'type':
      return some(found.map(({ json, type }) => ofType(json, type, test.types)));
    case 'profile':
      return some(
        found.map(({ json, type }) => {
          const types = test.profiles.flatMap((url) => context.profiles.get(url)?.type ?? []);
          return ofType(json, type, types) === false ? false : undefined;
        }),
      );
    case 'value':
      return some(found.map(({ json }) => satisfies(json, test.is, context)));
  }
}

/** Whether a test depends on the target of a reference. */
export function needsTarget(test: SliceTestModel): boolean {
  return (test.kind === 'exists' || test.kind === 'value') && steps(test.at).includes('resolve()');
}

function ofType(json: Json, type: string | undefined, types: readonly string[]): Verdict {
  const actual = type ?? membersOf(json).get('resourceType');
  return typeof actual === 'string' ? types.includes(actual) || types.includes('Resource') : undefined;
}

function satisfies(json: Json, test: ValueTest, context: Context): Verdict {
  if (test.anyOf !== undefined) return some(test.anyOf.map((one) => satisfies(json, one, context)));
  const verdicts: Verdict[] = [];
  if (test.fixed !== undefined) verdicts.push(contains(json, test.fixed) && contains(test.fixed, json));
  if (test.pattern !== undefined) verdicts.push(contains(json, test.pattern));
  const set = context.valueSets.get(test.valueSet ?? '');
  if (set !== undefined) {
    const concepts = [...codingsOf(json), ...(codingsOf(json).length === 0 ? [conceptOf(json)] : [])];
    const codes = set.systems.flatMap((system) => system.concepts.map((concept) => concept.code));
    verdicts.push(
      typeof json === 'string' ? codes.includes(json) : some(concepts.map((concept) => isIn(set, concept))),
    );
  }
  for (const [name, child] of Object.entries(test.children ?? {})) {
    verdicts.push(some(valuesAt(json, name).map((found) => satisfies(found.json, child, context))));
  }
  return every(verdicts);
}

/** A value at the end of a path, and its type, if the property or the reference states it. */
interface Found {
  readonly json: Json;
  readonly type?: string | undefined;
}

function valuesAt(value: Json, path: string): Found[] {
  let found: Found[] = [{ json: value }];
  for (const step of steps(path)) found = found.flatMap((one) => next(one, step));
  return found;
}

function next(from: Found, step: string): Found[] {
  if (step === '$this') return [from];
  if (step === 'resolve()') {
    const reference = membersOf(from.json).get('reference');
    const type = typeof reference === 'string' ? /([A-Z]\w+)\/[^/]+$/.exec(reference)?.[1] : undefined;
    return [{ json: {}, type }];
  }
  const wanted = /^ofType\((\w+)\)$/.exec(step)?.[1];
  if (wanted !== undefined) return from.type?.toLowerCase() === wanted.toLowerCase() ? [from] : [];
  const url = extensionUrl(step);
  if (url !== undefined) {
    return itemsOf(membersOf(from.json).get('extension')).filter(({ json }) => membersOf(json).get('url') === url);
  }
  const name = step.replace(/\[x\]$/, '');
  return [...membersOf(from.json)].flatMap(([key, json]) => {
    if (key === name) return itemsOf(json);
    const type = key.startsWith(name) ? key.slice(name.length) : '';
    return /^[A-Z]/.test(type) ? itemsOf(json).map((one) => ({ ...one, type })) : [];
  });
}

function itemsOf(json: Json | undefined): Found[] {
  if (json === undefined) return [];
  return Array.isArray(json) ? json.map((one: Json) => ({ json: one })) : [{ json }];
}

/** The members of an object; none for other values. */
export function membersOf(json: Json | undefined): Map<string, Json> {
  const isObject = json !== null && typeof json === 'object' && !Array.isArray(json);
  return new Map(isObject ? Object.entries(json) : []);
}

function every(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

function some(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}

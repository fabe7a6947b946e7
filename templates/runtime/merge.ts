import { fits, isObject } from './json.js';

/** A deep copy of JSON, without members that are `undefined`. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, plain(member)]));
}

/**
 * The value with what the pattern asks for beyond it (FHIR R4, ElementDefinition.pattern[x]). Where both say
 * something else, the value stays as it is, for the validator to find.
 *
 * @param pattern what a profile asks for
 * @param value left as it is
 */
export function merged(pattern: unknown, value: unknown): unknown {
  if (value === undefined) return plain(pattern);
  if (Array.isArray(pattern)) return Array.isArray(value) ? mergedItems(pattern, value) : value;
  if (!isObject(pattern) || !isObject(value)) return value;
  const wanted = Object.entries(pattern).map(([key, each]) => [key, merged(each, memberOf(value, key))]);
  return Object.fromEntries([...Object.entries(value), ...wanted]);
}

/** What no item matches is added to an item that does not speak against it, or else put first. */
function mergedItems(pattern: readonly unknown[], value: readonly unknown[]): unknown[] {
  const items = [...value];
  const missing: unknown[] = [];
  for (const wanted of pattern) {
    if (items.some((item) => fits(wanted, item, false))) continue;
    const at = items.findIndex((item) => isObject(item) && agrees(wanted, item));
    if (at < 0) missing.push(plain(wanted));
    else items[at] = merged(wanted, items[at]);
  }
  return [...missing, ...items];
}

function agrees(pattern: unknown, value: unknown): boolean {
  if (value === undefined || Array.isArray(pattern)) return true;
  if (!isObject(pattern) || !isObject(value)) return pattern === value;
  return Object.entries(pattern).every(([key, each]) => agrees(each, memberOf(value, key)));
}

function memberOf(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

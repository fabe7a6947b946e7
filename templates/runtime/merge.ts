import { fits, isObject } from './json.js';

/**
 * Adds required items to an array (FHIR R4, ElementDefinition.pattern[x]): each is merged into an item that does not
 * contradict it, or else put first.
 *
 * @param wanted the required items
 * @param given a new array, whose items may be changed
 */
export function withItems(wanted: readonly unknown[], given: readonly unknown[]): unknown[] {
  const items = [...given];
  const missing: unknown[] = [];
  for (const each of wanted) {
    if (items.some((item) => fits(each, item, false))) continue;
    const at = items.findIndex((item) => isObject(item) && agrees(each, item));
    if (at < 0) missing.push(joined(each, undefined));
    else items[at] = joined(each, items[at]);
  }
  return [...missing, ...items];
}

/** Merges the wanted value into a value; where they differ, the value stays, and the validator reports it. */
function joined(wanted: unknown, value: unknown): unknown {
  if (Array.isArray(wanted))
    return value === undefined || Array.isArray(value) ? withItems(wanted, value ?? []) : value;
  if (!isObject(wanted)) return value === undefined ? wanted : value;
  if (value !== undefined && !isObject(value)) return value;
  const members = Object.entries(wanted).map(([key, each]) => [key, joined(each, memberOf(value ?? {}, key))]);
  return Object.fromEntries([...Object.entries(value ?? {}), ...members]);
}

function agrees(wanted: unknown, value: unknown): boolean {
  if (value === undefined || Array.isArray(wanted)) return true;
  if (!isObject(wanted) || !isObject(value)) return wanted === value;
  return Object.entries(wanted).every(([key, each]) => agrees(each, memberOf(value, key)));
}

function memberOf(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

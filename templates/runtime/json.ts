/** An object as JSON knows it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Yes, no, or (`undefined`) it cannot be told. */
export type Verdict = boolean | undefined;

/** True for what JSON writes in braces. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Deep equality, the order of members aside (FHIR R4, ElementDefinition.fixed[x]).
 *
 * @param expected what a profile fixes: a finite tree, which bounds the work
 */
export function equal(expected: unknown, value: unknown): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(value) && value.length === expected.length && expected.every((item, i) => equal(item, value[i]))
    );
  }
  if (!isObject(expected)) return expected === value;
  if (!isObject(value)) return false;
  const members = Object.keys(value).filter((key) => value[key] !== undefined);
  return members.length === Object.keys(expected).length && members.every((key) => equal(expected[key], value[key]));
}

/**
 * Whether the value holds all that the pattern holds: its members, and for each of its items some item
 * (FHIR R4, ElementDefinition.pattern[x]).
 *
 * @param pattern what a profile asks for: a finite tree, which bounds the work
 */
export function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) {
    return Array.isArray(value) && pattern.every((wanted) => value.some((item) => matches(wanted, item)));
  }
  if (!isObject(pattern)) return pattern === value;
  return isObject(value) && Object.keys(pattern).every((key) => matches(pattern[key], value[key]));
}

/** Longest piece of a value that a message quotes. */
const QUOTE_LIMIT = 80;

/** A value as a message shows it: short, escaped, never looking into what could be deep or throw. */
export function quote(value: unknown): string {
  const text =
    typeof value === 'string'
      ? JSON.stringify(value.slice(0, QUOTE_LIMIT))
      : Array.isArray(value)
        ? `[${value.length}]`
        : isObject(value)
          ? `{${Object.keys(value).slice(0, 8).join(', ')}}`
          : String(value);
  return text.length > QUOTE_LIMIT ? `${text.slice(0, QUOTE_LIMIT)}…` : text;
}

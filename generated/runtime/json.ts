/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True, false, or (`undefined`) undecided. */
export type Verdict = boolean | undefined;

/** Whether a test holds for some item; `undefined` when it holds for none and is undecided for one. */
export function anyOf<T>(items: Iterable<T>, test: (item: T) => Verdict): Verdict {
  let verdict: Verdict = false;
  for (const item of items) {
    const each = test(item);
    if (each) return true;
    if (each === undefined) verdict = each;
  }
  return verdict;
}

/** Whether a test holds for all items; `undefined` when it fails for none and is undecided for one. */
export function allOf<T>(items: Iterable<T>, test: (item: T) => Verdict): Verdict {
  return not(anyOf(items, (item) => not(test(item))));
}

function not(verdict: Verdict): Verdict {
  return verdict === undefined ? verdict : !verdict;
}

/** True for values that JSON writes in braces. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether an object is not a class instance. Objects of other realms have another Object.prototype, also without a
 * prototype.
 */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Sets a property, even `__proto__`, without setting the prototype. */
export function setMember(made: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') made[key] = value;
  else Object.defineProperty(made, key, { value, enumerable: true, writable: true, configurable: true });
}

/** How many values a check visits at most: ends on values that share or fake their parts endlessly. */
export const VALUE_LIMIT = 10_000_000;

/**
 * The items of a JSON array, else none. An array that is too long to visit, such as a sparse one, has no items here: it
 * is reported where the FHIR type is known.
 */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) && value.length <= VALUE_LIMIT ? value : [];
}

/**
 * Whether a value has everything wanted: the members of an object, and for each item of an array some item (FHIR R4,
 * ElementDefinition.pattern[x]); if `exact`, nothing else (fixed[x]).
 *
 * @param wanted from a profile: a finite tree, which limits the work
 */
export function fits(wanted: unknown, value: unknown, exact: boolean): boolean {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(value)) return false;
    if (!exact) return wanted.every((each) => listOf(value).some((item) => fits(each, item, exact)));
    return wanted.length === value.length && wanted.every((each, i) => fits(each, value[i], exact));
  }
  if (!isObject(wanted) || !isObject(value)) return wanted === value;
  const isAll = Object.keys(wanted).every((key) => fits(wanted[key], value[key], exact));
  return isAll && (!exact || Object.keys(value).every((key) => Object.hasOwn(wanted, key) || value[key] === undefined));
}

/** How many characters a text has: a character outside Unicode's Basic Multilingual Plane takes two code units. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (const [pair] of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) length -= pair.length - 1;
  return length;
}

/** Longest piece of a value that a message quotes. */
const QUOTE_LIMIT = 80;

/** A value as a message shows it: short and escaped, without reading what could be deep or throw; '' for no value. */
export function quote(value: unknown): string {
  if (value === undefined) return '';
  const text = isObject(value)
    ? `{${Object.keys(value).slice(0, 8).join(', ')}}`
    : Array.isArray(value)
      ? value.length > 0
        ? '[…]'
        : '[]'
      : String(value);
  // Do not split a surrogate pair.
  const short = text.length > QUOTE_LIMIT ? `${text.slice(0, QUOTE_LIMIT).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return typeof value === 'string' ? JSON.stringify(short) : short;
}

/** A function of objects that caches its results. */
export function memo<Key extends object, Value extends object>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    let value = made.get(key);
    if (!value) made.set(key, (value = make(key)));
    return value;
  };
}

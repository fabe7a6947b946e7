import { isObject, type JsonObject, listOf } from './json.js';
import type { Broken } from './run.js';
import { capital } from './shape.js';

/** A value with its underscore twin, or both arrays. */
interface Place {
  readonly value: unknown;
  readonly twin: unknown;
}

/**
 * Broken rules in document order: a parent comes before its children, and missing elements come after the others.
 *
 * @param value the document
 */
export function inDocumentOrder(broken: readonly Broken[], value: unknown): readonly Broken[] {
  const keys = new Map<JsonObject, ReadonlyMap<string, number>>();

  /** The positions of members in an object; a twin has the name of its primitive. */
  const keysOf = (host: JsonObject): ReadonlyMap<string, number> => {
    const known = keys.get(host);
    if (known) return known;
    const own = new Map<string, number>();
    Object.keys(host).forEach((key, at) => {
      for (const name of [key, key.replace(/^_/, '')]) if (!own.has(name)) own.set(name, at);
    });
    keys.set(host, own);
    return own;
  };

  const positions = (path: Broken['path']): readonly number[] => {
    let place: Place = { value, twin: undefined };
    return path.slice(1).map((step) => {
      const { value, twin } = place;
      if (typeof step === 'number') {
        place = { value: listOf(value)[step], twin: listOf(twin)[step] };
        return step;
      }
      const host = isObject(value) ? value : isObject(twin) ? twin : {};
      const own = keysOf(host);
      const name = own.has(step) ? step : (choiceOf(own, step) ?? step);
      place = { value: host[name], twin: host[`_${name}`] };
      return own.get(name) ?? Infinity;
    });
  };

  if (broken.length < 2) return broken;
  try {
    return broken
      .map((one) => [one, positions(one.path)] as const)
      .sort(([, a], [, b]) => compare(a, b))
      .map(([one]) => one);
  } catch {
    // A value that throws on reading has no order.
    return broken;
  }
}

/** `value` is found as `valueString`. */
function choiceOf(own: ReadonlyMap<string, number>, name: string): string | undefined {
  for (const key of own.keys()) {
    const type = key.slice(name.length);
    if (type && key.startsWith(name) && type === capital(type)) return key;
  }
  return undefined;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const [left = 0, right = 0] = [a[at], b[at]];
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

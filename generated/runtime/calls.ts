import { isObject, type JsonObject } from './json.js';
import { optionsOf, type Part, slicesAt } from './part.js';

/** A call of a method of a builder, and the call before it. */
export interface Call {
  readonly before: Call | undefined;
  readonly target: string;
  readonly values: readonly unknown[];
}

/** The key in the input of `create` for the items of no slice. */
const OTHERS = 'others';

/** `value[x].valueQuantity`, `note[]`, `identifier:official[]`. */
export const TARGET = /^(?:(\w+)\[x\]\.)?(\w+)(?::(.+?))?(\[0?\])?$/;

/** Items by the key of their slice; those of no slice under the empty string. */
type Slices = Map<string, unknown[]>;

/**
 * The input of `create` that calls produce; where they contradict each other, the last one counts.
 *
 * @param part what is built
 * @param start what it is built on
 * @param last the calls
 * @returns an input that shares its parts with the calls and the start
 */
export function inputOf(part: Part, start: JsonObject, last: Call | undefined): JsonObject {
  const calls: Call[] = [];
  for (let call = last; call; call = call.before) calls.push(call);
  const members = new Map(Object.entries(start));
  const arrays = new Map<string, Slices>();
  for (const { target, values } of calls.reverse()) {
    const [, choice, name = '', key = '', list] = TARGET.exec(target) ?? [];
    if (!target.includes(':') && list === undefined) {
      // A new value replaces the old one with its extensions, and a value of any other type of a choice.
      for (const old of choice === undefined ? [name] : optionsOf(part, name)) {
        members.delete(old);
        members.delete(`_${old}`);
      }
      members.set(name, values[0]);
      continue;
    }
    const slices = arrays.get(name) ?? slicesOf(part, name, members.get(name));
    arrays.set(name, slices);
    const items = slices.get(key) ?? [];
    if (list !== '[]') items.length = 0;
    items.push(...(list === '[]' ? values : values.slice(0, 1)));
    slices.set(key, items);
  }
  for (const [name, slices] of arrays) {
    members.set(name, (slices.size === 1 ? slices.get('') : undefined) ?? keyed(slices));
  }
  return Object.fromEntries(members);
}

/** The initial items of an array, which may be keyed by slice already. */
function slicesOf(part: Part, name: string, value: unknown): Slices {
  if (Array.isArray(value)) return slicesAt(part, name, value);
  if (!isObject(value)) return new Map();
  return new Map(
    Object.entries(value).map(([key, items]) => [
      key === OTHERS ? '' : key,
      Array.isArray(items) ? [...(items as unknown[])] : [items],
    ]),
  );
}

/** Items by slice, as `create` takes them. */
function keyed(slices: Slices): object {
  const { '': rest = [], ...named } = Object.fromEntries(slices);
  const others = [...(named[OTHERS] ?? []), ...rest];
  return others.length === 0 ? named : { ...named, [OTHERS]: others };
}

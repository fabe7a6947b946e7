import { CodegenError, type Where } from '../errors.js';
import { type Json, isObject } from './json.js';

/**
 * The members of a JSON object from a package, checked as they are read: a package may hold anything under any name.
 * Inherited members (`constructor`) do not count, and `null` counts as absent.
 */
export class Members {
  private constructor(
    private readonly own: Readonly<Record<string, unknown>>,
    private readonly what: string,
    private readonly where: Where,
  ) {}

  /**
   * @param value what should be an object
   * @param what its name in messages: `slicing`, `type[0]`
   * @param where the place for messages
   * @throws CodegenError when it is not an object
   */
  static of(value: unknown, what: string, where: Where): Members {
    if (!isObject(value)) throw new CodegenError(`${what} is ${kindOf(value)}, not an object`, where);
    return new Members(value, what, where);
  }

  /** The same object, with a more precise place for messages. */
  at(where: Where): Members {
    return new Members(this.own, '', where);
  }

  /** The same object with another value of one member. */
  with(name: string, value: unknown): Members {
    return new Members({ ...this.own, [name]: value }, this.what, this.where);
  }

  /** The names of its members. */
  names(): readonly string[] {
    return Object.keys(this.own);
  }

  /** The member as it is, `undefined` when it is absent or null. */
  get(name: string): unknown {
    return Object.hasOwn(this.own, name) ? (this.own[name] ?? undefined) : undefined;
  }

  /**
   * @throws CodegenError when the member is present and not a string, empty, or longer than `limit`
   */
  string(name: string, limit = Infinity): string | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw this.wrong(name, 'a string');
    if (value === '') throw this.wrong(name, 'a string that is not empty');
    if (value.length > limit) {
      throw new CodegenError(
        `${this.path(name)} has ${value.length} characters; the limit "idLength" is ${limit}`,
        this.where,
      );
    }
    return value;
  }

  /**
   * Prose for readers on one line, cut at `limit`; `undefined` when it is empty: empty prose is no reason to reject a
   * definition.
   *
   * @throws CodegenError when the member is present and not a string
   */
  line(name: string, limit: number): string | undefined {
    const text = this.get(name) === '' ? undefined : this.string(name);
    return (text && lineOf(text, limit)) || undefined;
  }

  /** @throws CodegenError when the member is absent, not a string, empty, or longer than `limit` */
  requiredString(name: string, limit = Infinity): string {
    return this.string(name, limit) ?? this.absent(name);
  }

  /**
   * @throws CodegenError when the member is present and not a boolean
   */
  boolean(name: string): boolean | undefined {
    const value = this.get(name);
    if (value !== undefined && typeof value !== 'boolean') throw this.wrong(name, 'a boolean');
    return value;
  }

  /**
   * @throws CodegenError when the member is present and not a whole number, 0 or more
   */
  count(name: string): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
      throw this.wrong(name, 'a whole number, 0 or more');
    }
    return value;
  }

  /** @throws CodegenError when the member is absent or not a whole number, 0 or more */
  requiredCount(name: string): number {
    return this.count(name) ?? this.absent(name);
  }

  /**
   * @throws CodegenError when the member is present and none of the values
   */
  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const text = this.string(name);
    if (text === undefined) return undefined;
    const found = values.find((value) => value === text);
    if (found === undefined) throw this.wrong(name, `one of ${values.join(', ')}`);
    return found;
  }

  /** @throws CodegenError when the member is absent or none of the values */
  requiredOneOf<T extends string>(name: string, values: readonly T[]): T {
    return this.oneOf(name, values) ?? this.absent(name);
  }

  /** The items of an array, none when the member is absent. @throws CodegenError when it is not an array */
  list(name: string): readonly unknown[] {
    const value = this.get(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw this.wrong(name, 'an array');
    return value;
  }

  /** The objects of an array. @throws CodegenError when it is not an array, or one item is not an object */
  objects(name: string): readonly Members[] {
    return this.list(name).map((item, index) => Members.of(item, `${this.path(name)}[${index}]`, this.where));
  }

  /** The strings of an array. @throws CodegenError when it is not an array, or one item is not a string */
  strings(name: string): readonly string[] {
    return this.list(name).map((item) => {
      if (typeof item !== 'string' || item === '') throw this.wrong(name, 'an array of strings');
      return item;
    });
  }

  /** The object that is the member. @throws CodegenError when it is present and not an object */
  object(name: string): Members | undefined {
    const value = this.get(name);
    return value === undefined ? undefined : Members.of(value, this.path(name), this.where);
  }

  /** The object that is the member. @throws CodegenError when it is absent or not an object */
  requiredObject(name: string): Members {
    return this.object(name) ?? this.absent(name);
  }

  /** A copy of the member. @throws CodegenError when it is not JSON, or nested deeper than `depth` */
  json(name: string, depth: number): Json | undefined {
    const value = this.get(name);
    return value === undefined ? undefined : copyOf(value, depth, this.path(name), this.where);
  }

  /** An error about a member, for a rule of the caller. */
  wrong(name: string, wanted: string): CodegenError {
    return new CodegenError(`${this.path(name)} is ${kindOf(this.get(name))}, not ${wanted}`, this.where);
  }

  /** An error about the object, for a rule of the caller. */
  error(message: string): CodegenError {
    return new CodegenError(message, this.where);
  }

  private absent(name: string): never {
    throw new CodegenError(`${this.path(name)} is missing`, this.where);
  }

  private path(name: string): string {
    return this.what === '' ? name : `${this.what}.${name}`;
  }
}

/**
 * One line, no longer than `limit`: guides put whole paragraphs into `short`.
 *
 * @param text prose of a package
 * @param limit see `PinLimits.textLength`
 */
export function lineOf(text: string, limit: number): string {
  // Nearly all texts need no change, and there may be half a million of them.
  if (text.length <= limit && /^[\x21-\x7e\xa1-\xff]+( [\x21-\x7e\xa1-\xff]+)*$/.test(text)) return text;
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line.length <= limit) return line;
  // Do not cut through a surrogate pair.
  return `${line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function copyOf(value: unknown, depth: number, path: string, where: Where): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (depth === 0) throw new CodegenError(`${path} is nested too deeply (limit "depth")`, where);
  if (Array.isArray(value)) return value.map((item: unknown) => copyOf(item, depth - 1, path, where));
  if (!isObject(value)) throw new CodegenError(`${path} holds ${kindOf(value)}, which is not JSON`, where);
  const copy: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    // Assigning this name would set the prototype of the copy instead of a member.
    if (name === '__proto__') throw new CodegenError(`${path} has a member named __proto__`, where);
    copy[name] = copyOf(member, depth - 1, path, where);
  }
  return copy;
}

/** The description of a value of the wrong type in messages. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  // Anything but a text, a number or a boolean cannot come from JSON.
  const isJson = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const text = isJson ? JSON.stringify(value) : `a ${typeof value}`;
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

import { UsageError } from '../errors.js';
import { nearest } from '../pin/nearest.js';

/**
 * Reads a value of a configuration.
 *
 * @param value whatever the user wrote
 * @param at its location, for messages: `packages[0].out`
 * @throws UsageError when it is of another type
 */
export type Read<T> = (value: unknown, at: string) => T;

/** A string that is not empty. */
export const text: Read<string> = (value, at) => {
  if (typeof value !== 'string') throw wrong(at, 'a string', value);
  if (value === '') throw new UsageError(`${at} is empty`);
  return value;
};

/** A boolean. */
export const flag: Read<boolean> = (value, at) => {
  if (typeof value !== 'boolean') throw wrong(at, 'true or false', value);
  return value;
};

/** A whole number, 0 or more. */
export const count: Read<number> = (value, at) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw wrong(at, 'a whole number', value);
  return value;
};

/**
 * One of several strings.
 *
 * @param all the strings to choose from
 */
export function oneOf<const T extends string>(all: readonly T[]): Read<T> {
  return (value, at) => {
    const found = all.find((one) => one === value);
    if (found !== undefined) return found;
    throw wrong(at, all.map((one) => `'${one}'`).join(' or '), value);
  };
}

/**
 * A list.
 *
 * @param read reads an item
 */
export function list<T>(read: Read<T>): Read<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw wrong(at, 'a list', value);
    return value.map((item: unknown, index) => read(item, `${at}[${index}]`));
  };
}

/**
 * An object with any keys.
 *
 * @param read reads a value
 */
export function record<T>(read: Read<T>): Read<Readonly<Record<string, T>>> {
  return (value, at) => {
    if (!isObject(value)) throw wrong(at, 'an object', value);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, read(item, `${at}[${quoted(key)}]`)]));
  };
}

/** Reads a member of an object; gives `undefined` when it is absent. */
export type Member<Key extends string> = <T>(key: Key, read: Read<T>) => T | undefined;

/**
 * The members of an object whose keys are known.
 *
 * @param value whatever the user wrote
 * @param at its location, for messages; empty for the configuration itself
 * @param keys all the keys that are known
 * @throws UsageError when it is not an object, or has an unknown key
 */
export function members<Key extends string>(value: unknown, at: string, keys: readonly Key[]): Member<Key> {
  if (!isObject(value)) throw wrong(at === '' ? 'the configuration' : at, 'an object', value);
  for (const key of Object.keys(value)) {
    if (!keys.some((known) => known === key)) throw unknownKey(at, key, keys);
  }
  return (key, read) => {
    const member = value[key];
    return member === undefined ? undefined : read(member, at === '' ? key : `${at}.${key}`);
  };
}

function unknownKey(at: string, key: string, keys: readonly string[]): UsageError {
  const [near] = nearest(key, keys, 1);
  const hint = near === undefined ? `known keys are ${keys.join(', ')}` : `did you mean ${near}?`;
  return new UsageError(`there is no key ${quoted(key)}${at === '' ? '' : ` in ${at}`}: ${hint}`);
}

/** A string as messages show it. */
function quoted(value: string): string {
  return JSON.stringify(value);
}

function wrong(at: string, wanted: string, value: unknown): UsageError {
  return new UsageError(`${at} must be ${wanted}, not ${nameOf(value)}`);
}

function nameOf(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) {
    return String(value);
  }
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Promise) return 'a promise';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Promise);
}

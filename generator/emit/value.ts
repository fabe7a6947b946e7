import type { Comment } from './comment.js';
import type { Import } from './imports.js';
import { isList, type JsonValue } from './json.js';
import type { Key, Type } from './type.js';

/** An expression that has a value. */
export type Value =
  LiteralValue | NameValue | PropertyAccess | ObjectValue | ArrayValue | CallValue | ThunkValue | AsValue;

/** A string, number, boolean or null. */
export interface LiteralValue {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

/** A constant, a function, a parameter, `this`, `undefined`. */
export interface NameValue {
  readonly kind: 'name';
  readonly name: string;
  /** Its source; absent for a global or a name of the module. */
  readonly import?: Import;
}

/** `object.name`. */
export interface PropertyAccess {
  readonly kind: 'property';
  readonly object: NameValue;
  readonly name: string;
}

/** `{ a: 1 }`. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly properties: readonly Property[];
}

/** A member of an object literal. */
export interface Property {
  readonly doc?: Comment;
  readonly key: Key;
  readonly value: Value;
}

/** `[1, 2]`. */
export interface ArrayValue {
  readonly kind: 'array';
  readonly elements: readonly Value[];
}

/** `f<T>(a)`, `new F(a)`. */
export interface CallValue {
  readonly kind: 'call';
  readonly callee: NameValue | PropertyAccess;
  readonly constructs?: boolean;
  readonly typeArguments?: readonly Type[];
  readonly arguments: readonly Value[];
  /** Whether bundlers may remove the call when its result is unused: a comment `@__PURE__` precedes it. */
  readonly pure?: boolean;
}

/** `() => value`. */
export interface ThunkValue {
  readonly kind: 'thunk';
  readonly body: Exclude<Value, ThunkValue>;
}

/** `value as T`, `value as const`. */
export interface AsValue {
  readonly kind: 'as';
  readonly value: Value;
  readonly type: Type | 'const';
}

/**
 * A string, number, boolean or null.
 *
 * @param value the value
 */
export function value(value: string | number | boolean | null): LiteralValue {
  return { kind: 'literal', value };
}

/**
 * A constant or function.
 *
 * @param name a name of the module or a global, or an import
 */
export function name(name: string | Import): NameValue {
  return typeof name === 'string' ? { kind: 'name', name } : { kind: 'name', name: name.name, import: name };
}

/**
 * `object.property`.
 *
 * @param object a name
 * @param property the name of its member
 */
export function property(object: NameValue, property: string): PropertyAccess {
  return { kind: 'property', object, name: property };
}

/**
 * An object literal.
 *
 * @param properties in their order; those without a value are left out
 */
export function object(properties: readonly (readonly [key: Key, value: Value | undefined])[]): ObjectValue {
  return {
    kind: 'object',
    properties: properties.flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }])),
  };
}

/**
 * An array literal.
 *
 * @param elements in their order
 */
export function array(elements: readonly Value[]): ArrayValue {
  return { kind: 'array', elements };
}

/**
 * A call.
 *
 * @param callee the function
 * @param args the arguments
 * @param options type arguments; whether it is a pure call or a `new` expression
 */
export function call(
  callee: NameValue | PropertyAccess,
  args: readonly Value[],
  options: Pick<CallValue, 'typeArguments' | 'pure' | 'constructs'> = {},
): CallValue {
  return { kind: 'call', callee, arguments: args, ...options };
}

/**
 * `() => body`: evaluated after all modules have been loaded.
 *
 * @param body the result
 */
export function thunk(body: ThunkValue['body']): ThunkValue {
  return { kind: 'thunk', body };
}

/**
 * `value as type`.
 *
 * @param value any
 * @param type a type, or `const`
 */
export function as(value: Value, type: Type | 'const'): AsValue {
  return { kind: 'as', value, type };
}

/**
 * A JSON value as a literal.
 *
 * @param json any
 */
export function jsonValue(json: JsonValue): Value {
  if (json === null || typeof json !== 'object') return value(json);
  if (isList(json)) return array(json.map(jsonValue));
  return object(Object.entries(json).map(([key, member]) => [key, jsonValue(member)]));
}

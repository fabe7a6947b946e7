import type { Comment } from './comment.js';
import type { Import } from './imports.js';
import { isList, type JsonValue } from './json.js';

/** A type expression. */
export type Type =
  | KeywordType
  | ReferenceType
  | LiteralType
  | UnionType
  | IntersectionType
  | ArrayType
  | TupleType
  | ObjectType
  | OperatorType
  | TypeQuery
  | IndexedAccessType
  | FunctionType;

/** A keyword type. */
export interface KeywordType {
  readonly kind: 'keyword';
  readonly keyword: Keyword;
}

/** Keyword types. */
export type Keyword =
  | 'any'
  | 'bigint'
  | 'boolean'
  | 'never'
  | 'null'
  | 'number'
  | 'object'
  | 'string'
  | 'symbol'
  | 'this'
  | 'undefined'
  | 'unknown'
  | 'void';

/** A named type: a declaration of this module or of another one, a type parameter, or a global such as `Omit`. */
export interface ReferenceType {
  readonly kind: 'reference';
  readonly name: string;
  /** A namespace that it is a member of: `fhir4.Patient`. */
  readonly namespace?: string;
  readonly typeArguments: readonly Type[];
  /** The source of the name (or the namespace); absent for a global or a name of the module. */
  readonly import?: Import;
}

/** The type of one value; `null` is a keyword. */
export interface LiteralType {
  readonly kind: 'literal';
  readonly value: string | number | boolean;
}

/** One of several types. */
export interface UnionType {
  readonly kind: 'union';
  readonly types: readonly Type[];
}

/** All of several types. */
export interface IntersectionType {
  readonly kind: 'intersection';
  readonly types: readonly Type[];
}

/** `T[]`. */
export interface ArrayType {
  readonly kind: 'array';
  readonly element: Type;
}

/** `[A, ...B[]]`. */
export interface TupleType {
  readonly kind: 'tuple';
  readonly elements: readonly (Type | RestElement)[];
}

/** `...T` in a tuple. */
export interface RestElement {
  readonly kind: 'rest';
  readonly type: Type;
}

/** `{ a: A; b?: B }`. */
export interface ObjectType {
  readonly kind: 'object';
  readonly members: readonly Member[];
}

/** A member of an interface or an object type. */
export interface Member {
  readonly doc?: Comment;
  readonly readonly?: boolean;
  readonly key: Key;
  readonly optional?: boolean;
  /** Of a method, whose result is `type`. */
  readonly parameters?: readonly Parameter[];
  readonly type: Type;
}

/** A member name: any string, quoted where necessary, or `[name]`. */
export type Key = string | ComputedKey;

/** `[name]`, where the name is a constant. */
export interface ComputedKey {
  readonly kind: 'computed';
  readonly name: string;
  readonly import?: Import;
}

/** `keyof T`, `readonly T[]`. */
export interface OperatorType {
  readonly kind: 'operator';
  readonly operator: 'keyof' | 'readonly';
  readonly type: Type;
}

/** `typeof name`. */
export interface TypeQuery {
  readonly kind: 'query';
  readonly name: string;
  readonly import?: Import;
}

/** `T[K]`. */
export interface IndexedAccessType {
  readonly kind: 'indexed-access';
  readonly object: Type;
  readonly index: Type;
}

/** `(a: A) => B`, `new (a: A) => B`. */
export interface FunctionType {
  readonly kind: 'function-type';
  readonly constructs: boolean;
  readonly parameters: readonly Parameter[];
  readonly returns: Type;
}

/** A parameter of a function, a method or a function type. */
export interface Parameter {
  readonly name: string;
  readonly rest?: boolean;
  readonly optional?: boolean;
  readonly type: Type;
}

/** A type parameter: `out M extends string = 'a'`. */
export interface TypeParameter {
  readonly name: string;
  readonly variance?: 'in' | 'out' | 'in out';
  readonly constraint?: Type;
  readonly default?: Type;
}

/**
 * A keyword type.
 *
 * @param name the name
 */
export function keyword(name: Keyword): KeywordType {
  return { kind: 'keyword', keyword: name };
}

/**
 * A type of this module, a type parameter or a global.
 *
 * @param name the name
 * @param typeArguments its type arguments
 */
export function named(name: string, ...typeArguments: readonly Type[]): ReferenceType {
  return { kind: 'reference', name, typeArguments };
}

/**
 * A type of another module, imported by the module that is printed.
 *
 * @param from the import of the type
 * @param typeArguments its type arguments
 */
export function imported(from: Import, ...typeArguments: readonly Type[]): ReferenceType {
  return { kind: 'reference', name: from.name, typeArguments, import: from };
}

/**
 * A type of a namespace.
 *
 * @param namespace a namespace import
 * @param name the name of an export
 * @param typeArguments its type arguments
 */
export function memberOf(namespace: Import, name: string, ...typeArguments: readonly Type[]): ReferenceType {
  return { kind: 'reference', name, namespace: namespace.name, typeArguments, import: namespace };
}

/**
 * The type of one value.
 *
 * @param value the value
 */
export function literal(value: string | number | boolean): LiteralType {
  return { kind: 'literal', value };
}

/**
 * A union: `never` for no types, the type itself for one; nested unions are flattened.
 *
 * @param types in their order
 */
export function union(types: readonly Type[]): Type {
  const flat = types.flatMap((type) => (type.kind === 'union' ? type.types : [type]));
  const [only] = flat;
  if (only === undefined) return keyword('never');
  return flat.length === 1 ? only : { kind: 'union', types: flat };
}

/**
 * A union of literal types.
 *
 * @param values in their order
 */
export function literals(values: readonly (string | number | boolean)[]): Type {
  return union(values.map(literal));
}

/**
 * An intersection: `unknown` for no types, the type itself for one; nested intersections are flattened.
 *
 * @param types in their order
 */
export function intersection(types: readonly Type[]): Type {
  const flat = types.flatMap((type) => (type.kind === 'intersection' ? type.types : [type]));
  const [only] = flat;
  if (only === undefined) return keyword('unknown');
  return flat.length === 1 ? only : { kind: 'intersection', types: flat };
}

/**
 * `T[]`.
 *
 * @param element the type of the items
 */
export function arrayOf(element: Type): ArrayType {
  return { kind: 'array', element };
}

/**
 * A tuple.
 *
 * @param elements in their order
 */
export function tuple(elements: readonly (Type | RestElement)[]): TupleType {
  return { kind: 'tuple', elements };
}

/**
 * `...T` in a tuple.
 *
 * @param type an array type
 */
export function rest(type: Type): RestElement {
  return { kind: 'rest', type };
}

/**
 * An object type.
 *
 * @param members in their order
 */
export function objectType(members: readonly Member[]): ObjectType {
  return { kind: 'object', members };
}

/**
 * A member name that is the value of a constant.
 *
 * @param name of the constant
 * @param from its import, if it is from another module
 */
export function computed(name: string, from?: Import): ComputedKey {
  return { kind: 'computed', name, ...(from === undefined ? {} : { import: from }) };
}

/**
 * The type of exactly one JSON value.
 *
 * @param value JSON
 */
export function jsonType(value: JsonValue): Type {
  if (value === null) return keyword('null');
  if (typeof value !== 'object') return literal(value);
  if (isList(value)) return tuple(value.map(jsonType));
  return objectType(Object.entries(value).map(([key, member]) => ({ key, type: jsonType(member) })));
}

import type { Comment } from './comment.js';
import type { Source } from './imports.js';
import type { Member, Parameter, ReferenceType, Type, TypeParameter } from './type.js';
import type { Value } from './value.js';

/** A statement at the top of a module. Everything but re-exports is exported by default. */
export type Declaration =
  InterfaceDeclaration | TypeAlias | Constant | FunctionDeclaration | ClassDeclaration | ReExport;

interface Declared {
  readonly doc?: Comment;
  readonly name: string;
  /** `false` for a declaration that only the module itself uses. */
  readonly exported?: boolean;
  /** Exported by its own module, but not by the index. */
  readonly unlisted?: boolean;
}

/** `export interface A extends B { … }`. */
export interface InterfaceDeclaration extends Declared {
  readonly kind: 'interface';
  readonly typeParameters?: readonly TypeParameter[];
  readonly extends?: readonly ReferenceType[];
  readonly members: readonly Member[];
}

/** `export type A = B`. */
export interface TypeAlias extends Declared {
  readonly kind: 'alias';
  readonly typeParameters?: readonly TypeParameter[];
  readonly type: Type;
}

/** `export const a: A = b`. */
export interface Constant extends Declared {
  readonly kind: 'constant';
  readonly type?: Type;
  readonly value: Value;
}

/** `export function a(b: B): C { … }`. */
export interface FunctionDeclaration extends Declared, Signature {
  readonly kind: 'function';
  readonly body: readonly Statement[];
}

/** The parts of functions and methods. */
export interface Signature {
  readonly typeParameters?: readonly TypeParameter[];
  readonly parameters: readonly Parameter[];
  readonly returns?: Type | Predicate;
}

/** `value is T`, `asserts value is T`. */
export interface Predicate {
  readonly kind: 'predicate';
  readonly asserts: boolean;
  readonly parameter: string;
  readonly type: Type;
}

/** A statement in a function. */
export type Statement = ReturnStatement | ExpressionStatement;

/** `return value;`. */
export interface ReturnStatement {
  readonly kind: 'return';
  readonly value: Value;
}

/** `value;`. */
export interface ExpressionStatement {
  readonly kind: 'expression';
  readonly value: Value;
}

/** `export class A<B> extends C<B> { … }`. */
export interface ClassDeclaration extends Declared {
  readonly kind: 'class';
  readonly typeParameters?: readonly TypeParameter[];
  readonly extends?: ReferenceType;
  readonly members: readonly (Method | Field)[];
}

interface ClassMember {
  readonly doc?: Comment;
  readonly access?: 'private' | 'protected' | 'public';
  readonly static?: boolean;
  readonly override?: boolean;
  readonly name: string;
}

/** A method or a getter. */
export interface Method extends ClassMember, Signature {
  readonly kind: 'method';
  readonly getter?: boolean;
  readonly body: readonly Statement[];
}

/** A property that is only declared: `declare readonly a?: A`. */
export interface Field extends ClassMember {
  readonly kind: 'field';
  readonly declare?: boolean;
  readonly readonly?: boolean;
  readonly optional?: boolean;
  readonly type: Type;
}

/** `export * from './a.js'`, `export { a, type B } from './c.js'`. */
export interface ReExport {
  readonly kind: 're-export';
  readonly from: Source;
  /** Absent: everything. */
  readonly names?: readonly string[];
  /** `export type`. */
  readonly typeOnly?: boolean;
}

/**
 * `return value;`.
 *
 * @param value any
 */
export function returning(value: Value): ReturnStatement {
  return { kind: 'return', value };
}

import type { ProfileModel } from '../model/model.js';
import type { RenderContext } from './context.js';
import type { ModuleImports } from './module.js';

/** What the types of one module are made in. */
export interface TypeScope {
  readonly context: RenderContext;
  readonly profile: ProfileModel;
  readonly imports: ModuleImports;
  /** Declarations that the module needs, innermost first. */
  readonly declarations: Declaration[];
  /** What has been declared, by name. */
  readonly declared: Map<string, TypePair>;
}

/**
 * The type of a value, and the type of what `create` takes for it.
 * Both are TypeScript type expressions that can stand anywhere a type can.
 */
export interface TypePair {
  readonly type: string;
  readonly input: string;
  /** An interface can extend `type`. */
  readonly extendable?: true;
}

/** A declared object type. */
export interface Declaration {
  readonly name: string;
  /** Name of the interface of the members, where `name` is an alias. */
  readonly membersName: string;
  readonly doc: readonly string[];
  /** What the interface extends, or what the alias intersects with it. */
  readonly base?: string;
  /** The type is an alias: of `base` and the members, as an interface cannot extend `base`. */
  readonly intersects?: true;
  readonly members: readonly MemberView[];
  /** Choices of which a value has one: the type is an alias of the members and these. */
  readonly choices: readonly ChoiceView[];
}

/** A member of an object type. */
export interface MemberView {
  readonly doc: readonly string[];
  /** As it stands before the colon. */
  readonly key: string;
  readonly optional: boolean;
  readonly type: string;
}

/** A choice of which one, or at most one, member may be there. */
export interface ChoiceView {
  /** Name of the interface that lists the members. */
  readonly name: string;
  readonly required: boolean;
  readonly members: readonly MemberView[];
  readonly doc: readonly string[];
}

/**
 * A union of type expressions, each once.
 *
 * @param types at least one
 */
export function union(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  return distinct.length === 1 ? (distinct[0] ?? 'never') : distinct.map(parenthesized).join(' | ');
}

/**
 * A type expression that keeps its meaning before `[]` and beside `&` and `|`.
 *
 * @param type an expression
 */
export function parenthesized(type: string): string {
  return SIMPLE.test(type) ? type : `(${type})`;
}

/** A name, with arguments that are names or literals themselves, or a literal. */
const SIMPLE = /^(?:[\w.]+(?:<(?:[\w.]+|'[^'\\]*')(?:(?:, | \| )(?:[\w.]+|'[^'\\]*'))*>)?|'[^'\\]*')$/;

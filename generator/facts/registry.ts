import { additionalBindings } from './additional-bindings.js';
import { binding } from './binding.js';
import { constraints } from './constraints.js';
import { conditionalBindings } from './conditional-bindings.js';
import type { AnyFact, Fact } from './fact.js';
import { fixed } from './fixed.js';
import { isModifier } from './is-modifier.js';
import { maxLength } from './max-length.js';
import { maxValue } from './max-value.js';
import { maxValueSet } from './max-value-set.js';
import { minValue } from './min-value.js';
import { minValueSet } from './min-value-set.js';
import { mustHaveValue } from './must-have-value.js';
import { mustSupport } from './must-support.js';
import { obligations } from './obligations.js';
import { pattern } from './pattern.js';
import { short } from './short.js';
import { valueAlternatives } from './value-alternatives.js';

/**
 * The facts of an element, in the order of tables and comments. Cardinality, types and slicing are not among them:
 * their meaning depends on the place of the element (root, slice, choice), and they contain elements.
 */
export const FACTS = [
  fixed,
  pattern,
  binding,
  maxValueSet,
  minValueSet,
  conditionalBindings,
  additionalBindings,
  mustHaveValue,
  valueAlternatives,
  maxLength,
  minValue,
  maxValue,
  mustSupport,
  obligations,
  isModifier,
  constraints,
  short,
] as const;

/** The facts of a run: all of them, unless a test adds one. */
export type FactRegistry = readonly AnyFact[];

type PinnedOf<F> = F extends Fact<string, infer Pinned, infer _Value> ? Pinned : never;
type ValueOf<F> = F extends Fact<string, infer _Pinned, infer Value> ? Value : never;
type OptionalOf<R extends FactRegistry> = R[number] extends infer F
  ? F extends AnyFact
    ? undefined extends ValueOf<F>
      ? F
      : never
    : never
  : never;

/** The facts of an element in the pinned file. */
export type PinnedFacts<R extends FactRegistry = typeof FACTS> = {
  readonly [F in R[number] as F['key']]?: Exclude<PinnedOf<F>, undefined>;
};

/** The facts of an element of a model. */
export type FactValues<R extends FactRegistry = typeof FACTS> = {
  readonly [F in Exclude<R[number], OptionalOf<R>> as F['key']]: ValueOf<F>;
} & {
  readonly [F in OptionalOf<R> as F['key']]?: Exclude<ValueOf<F>, undefined>;
};

/** The kinds of change of facts. */
export type FactKind = (typeof FACTS)[number]['kinds'][number];

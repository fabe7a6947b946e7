import { memo } from './json.js';
import type { Node } from './node.js';
import { type Step, stepsOf } from './path.js';
import type { Run } from './run.js';
import { capital } from './shape.js';
import type { ElementRule, SliceTest, SlicingRule, TypeRule } from './table.js';

/** One check of an item; `false` when no further check of the rule applies to the item. */
export type ItemCheck = (run: Run, node: Node) => unknown;

/** An {@link ElementRule} prepared for the interpreter: always with the same object shape, which is fast to read. */
export interface Rule {
  /** Read when the checks are built, and by discriminators. */
  readonly source: ElementRule;
  readonly min: number;
  readonly max: number;
  readonly types: readonly AllowedType[] | undefined;
  readonly children: readonly ChildRule[] | undefined;
  readonly slicing: Slicing | undefined;
  /** Whether the rule is broken when there are no items. */
  readonly isDemanding: boolean;
  /** The checks of an item, built when the first item is checked. */
  checks: readonly ItemCheck[] | undefined;
}

/** A prepared {@link TypeRule}. */
export interface AllowedType {
  readonly source: TypeRule;
  /** As in the names of choices. */
  readonly capital: string;
  /** Whether any resource is of this type. */
  readonly isAny: boolean;
}

/** An element by name. */
export interface Child {
  /** Without `[x]`. */
  readonly name: string;
  /** Name of the underscore twin. */
  readonly twin: string;
  readonly choice: boolean;
}

/** The rule of a child element. */
export interface ChildRule extends Child {
  readonly rule: Rule;
}

/** A prepared {@link SlicingRule}. */
export interface Slicing {
  readonly rules: 'open' | 'closed' | 'openAtEnd';
  readonly ordered: boolean;
  readonly slices: readonly Slice[];
  /** The slice for the items of no other slice. */
  readonly rest: Slice | undefined;
}

/** A prepared `SliceRule` of table.ts. */
export interface Slice {
  readonly name: string;
  readonly when: readonly Test[];
  readonly rule: Rule;
}

/** A discriminator with the steps of its path. */
export interface Test {
  readonly source: SliceTest;
  readonly steps: readonly Step[] | undefined;
  readonly is: Rule | undefined;
  readonly any: readonly Rule[] | undefined;
}

/** Prepares a rule, on first use. */
export const ruleOf: (source: ElementRule) => Rule = /* @__PURE__ */ memo((source: ElementRule): Rule => {
  const { min = 0, max = Infinity, type, types, children } = source;
  const slicing = source.slicing && slicingOf(source.slicing);
  return {
    source,
    min,
    max,
    types: (type === undefined ? types : [{ ...source, code: type }])?.map(allowedType),
    children: children && Object.entries(children).map(([name, rule]) => ({ ...childOf(name), rule: ruleOf(rule) })),
    slicing,
    isDemanding: min > 0 || !!slicing?.slices.some(({ rule }) => rule.isDemanding),
    checks: undefined,
  };
});

function slicingOf({ rules, ordered, slices: given }: SlicingRule): Slicing {
  const slices = given.map(({ name, url, when = url === undefined ? [] : [urlTest(url)], rule }) => ({
    name,
    when: when.map(testOf),
    rule: ruleOf(rule),
  }));
  return { rules, ordered: ordered === true, slices, rest: slices.find(({ name }) => name === '@default') };
}

function allowedType(source: TypeRule): AllowedType {
  const { code } = source;
  return { source, capital: capital(code), isAny: /^(?:Domain)?Resource$/.test(code) };
}

function urlTest(url: string): SliceTest {
  return { at: 'url', is: { fixed: url } };
}

function testOf(source: SliceTest): Test {
  return {
    source,
    steps: stepsOf(source.at),
    is: 'is' in source ? ruleOf(source.is) : undefined,
    any: 'any' in source ? source.any.map(ruleOf) : undefined,
  };
}

/** An element by its name in tables: `value[x]`. */
export function childOf(written: string): Child {
  const name = written.replace('[x]', '');
  return { name, twin: `_${name}`, choice: name !== written };
}

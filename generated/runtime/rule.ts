import { memo } from './json.js';
import type { Node } from './node.js';
import { type Step, stepsOf } from './path.js';
import type { Run } from './run.js';
import { capital } from './shape.js';
import type { ElementRule, SliceTest, SlicingRule, TypeRule } from './table.js';

/** One thing that a rule says of an item; `false` when nothing else that it says applies to the item. */
export type ItemCheck = (run: Run, node: Node) => unknown;

/** An {@link ElementRule} made ready for the interpreter: always of the same form, which makes reading it fast. */
export interface Rule {
  /** What is read when the checks are made, and by discriminators. */
  readonly source: ElementRule;
  readonly min: number;
  readonly max: number;
  readonly types: readonly AllowedType[] | undefined;
  readonly children: readonly ChildRule[] | undefined;
  readonly slicing: Slicing | undefined;
  /** It is broken when there are no items at all. */
  readonly isDemanding: boolean;
  /** What it says of an item, as functions: made when the first item is checked. */
  checks: readonly ItemCheck[] | undefined;
}

/** {@link TypeRule} made ready. */
export interface AllowedType {
  readonly source: TypeRule;
  /** As names of choices have it. */
  readonly capital: string;
  /** Any resource is of this type. */
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

/** What a rule says of an element below. */
export interface ChildRule extends Child {
  readonly rule: Rule;
}

/** {@link SlicingRule} made ready. */
export interface Slicing {
  readonly rules: 'open' | 'closed' | 'openAtEnd';
  readonly ordered: boolean;
  readonly slices: readonly Slice[];
  /** What takes the items of no other slice. */
  readonly rest: Slice | undefined;
}

/** {@link SliceRule} made ready. */
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

/** The rule made ready, when it is first asked for. */
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

/** An element by the name that tables give it: `value[x]`. */
export function childOf(written: string): Child {
  const name = written.replace('[x]', '');
  return { name, twin: `_${name}`, choice: name !== written };
}

import { memo } from './json.js';
import { type Step, stepsOf } from './path.js';
import type { CheckCodes, CodeSet, ElementRule, InvariantRule, SliceTest, TypeRule } from './table.js';

/** An {@link ElementRule} made ready for the interpreter: always of the same form, which makes reading it fast. */
export interface Rule {
  readonly min: number;
  readonly max: number;
  readonly types: readonly AllowedType[] | undefined;
  readonly fixed: unknown;
  readonly pattern: unknown;
  readonly codes: CodeSet | undefined;
  readonly maxCodes: CodeSet | undefined;
  readonly codesWhere: CheckCodes | undefined;
  readonly suggested: CodeSet | undefined;
  readonly maxLength: number;
  readonly valued: readonly string[] | undefined;
  readonly minValue: unknown;
  readonly maxValue: unknown;
  readonly children: readonly ChildRule[] | undefined;
  readonly slicing: Slicing | undefined;
  readonly invariants: readonly InvariantRule[];
  /** It says nothing of an item but what is in `children`. */
  readonly isPlain: boolean;
  /** It says nothing of an item. */
  readonly isEmpty: boolean;
}

/** {@link TypeRule} made ready. */
export interface AllowedType {
  readonly code: string;
  readonly profiles: TypeRule['profiles'] | undefined;
  readonly base: TypeRule['base'] | undefined;
  readonly bundle: TypeRule['bundle'] | undefined;
  readonly targets: TypeRule['targets'] | undefined;
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
export const ruleOf: (source: ElementRule) => Rule = /* @__PURE__ */ memo(
  ({ children, slicing, type, types, profiles, base, bundle, targets, ...source }: ElementRule): Rule => ({
    ...silence(source, type === undefined && types === undefined, children === undefined),
    min: 0,
    max: Infinity,
    fixed: undefined,
    pattern: undefined,
    codes: undefined,
    maxCodes: undefined,
    codesWhere: undefined,
    suggested: undefined,
    maxLength: Infinity,
    valued: undefined,
    minValue: undefined,
    maxValue: undefined,
    invariants: [],
    ...source,
    types: (type === undefined ? types : [{ code: type, profiles, base, bundle, targets }])?.map(allowedType),
    children: children && Object.entries(children).map(([name, rule]) => ({ ...childOf(name), rule: ruleOf(rule) })),
    slicing: slicing && {
      ordered: false,
      ...slicing,
      slices: slicing.slices.map(({ name, url, when = url === undefined ? [] : [urlTest(url)], rule }) => ({
        name,
        when: when.map(testOf),
        rule: ruleOf(rule),
      })),
    },
  }),
);

function silence(source: ElementRule, isOfAnyType: boolean, isFlat: boolean): Pick<Rule, 'isPlain' | 'isEmpty'> {
  const isPlain = isOfAnyType && Object.keys(source).every((key) => key === 'min' || key === 'max');
  return { isPlain, isEmpty: isPlain && isFlat };
}

function allowedType({
  code,
  profiles,
  base,
  bundle,
  targets,
}: Partial<AllowedType> & Pick<AllowedType, 'code'>): AllowedType {
  return { code, profiles, base, bundle, targets };
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

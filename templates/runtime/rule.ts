import type { CodeSet, ElementRule, InvariantRule, ProfileTable, SliceRule, SliceTest } from './table.js';
import { capital } from './shape.js';
import { type Targets, targetsOf } from './target.js';

/** An {@link ElementRule} made ready for the interpreter. */
export interface Rule {
  readonly min: number;
  readonly max: number;
  readonly types: readonly AllowedType[];
  readonly fixed: unknown;
  readonly pattern: unknown;
  readonly codes: CodeSet | undefined;
  readonly suggested: CodeSet | undefined;
  readonly maxLength: number;
  readonly children: readonly ChildRule[];
  readonly slicing: Slicing | undefined;
  readonly invariants: readonly InvariantRule[];
}

/** What a rule says of an element below. */
export interface ChildRule {
  readonly child: Child;
  readonly rule: Rule;
}

/** An element by name. */
export interface Child {
  /** Without `[x]`. */
  readonly name: string;
  /** Name of the underscore twin. */
  readonly twin: string;
  readonly choice: boolean;
}

/** One allowed type. */
export interface AllowedType {
  readonly code: string;
  /** As the names of choice members have it. */
  readonly suffix: string;
  readonly profiles: readonly (() => ProfileTable)[];
  /** Types that a reference may point to, with profiles of which the target has one; `undefined` for any. */
  readonly targets: Targets | undefined;
}

/** A {@link SlicingRule} made ready. */
export interface Slicing {
  readonly rules: 'open' | 'closed' | 'openAtEnd';
  readonly ordered: boolean;
  readonly slices: readonly Slice[];
}

/** A {@link SliceRule} made ready. */
export interface Slice {
  readonly source: SliceRule;
  readonly name: string;
  /** Takes what no other slice takes. */
  readonly rest: boolean;
  readonly when: readonly Test[];
  readonly rule: Rule;
}

/** One discriminator. */
export interface Test {
  readonly source: SliceTest;
  readonly steps: readonly Step[] | undefined;
  readonly is: Rule | undefined;
  /** The member that must have a text, when that is all that is asked for. */
  readonly text: { readonly name: string; readonly fixed: string } | undefined;
}

/** A step of a discriminator's path. */
export interface Step {
  readonly kind: 'name' | 'type' | 'extension' | 'resolve';
  readonly text: string;
  readonly child: Child;
}

const rules = new WeakMap<ElementRule, Rule>();

/** The rule made ready, when it is first asked for. */
export function ruleOf(source: ElementRule): Rule {
  let rule = rules.get(source);
  if (!rule) {
    rule = makeRule(source);
    rules.set(source, rule);
  }
  return rule;
}

function makeRule(source: ElementRule): Rule {
  const { slicing } = source;
  return {
    min: source.min ?? 0,
    max: source.max ?? Infinity,
    types: (source.types ?? []).map((type) => ({
      code: type.code,
      suffix: capital(type.code),
      profiles: type.profiles ?? [],
      targets: type.code === 'Reference' && type.targets ? targetsOf(type.targets) : undefined,
    })),
    fixed: source.fixed,
    pattern: source.pattern,
    codes: source.codes,
    suggested: source.suggested,
    maxLength: source.maxLength ?? Infinity,
    children: Object.entries(source.children ?? {}).map(([name, rule]) => ({
      child: childOf(name),
      rule: makeRule(rule),
    })),
    slicing: slicing && {
      rules: slicing.rules,
      ordered: slicing.ordered === true,
      slices: slicing.slices.map((slice) => ({
        source: slice,
        name: slice.name,
        rest: slice.name === '@default',
        when: slice.when.map(makeTest),
        rule: makeRule(slice.rule),
      })),
    },
    invariants: source.invariants ?? [],
  };
}

function makeTest(source: SliceTest): Test {
  const steps = stepsOf(source.at);
  const is = 'is' in source ? makeRule(source.is) : undefined;
  const [step] = steps ?? [];
  const isText = steps?.length === 1 && step?.kind === 'name' && is && !is.pattern && !is.codes && !is.children.length;
  const fixed = isText ? is.fixed : undefined;
  return { source, steps, is, text: step && typeof fixed === 'string' ? { name: step.text, fixed } : undefined };
}

/** An element by the name that tables give it: `value[x]`. */
export function childOf(written: string): Child {
  const name = written.replace('[x]', '');
  return { name, twin: `_${name}`, choice: name !== written };
}

const STEP =
  /(?:^|\.)(?:(\$this)|ofType\((?:\w+\.)*(\w+)\)|extension\('([^']*)'\)|(resolve\(\))|(\w[\w-]*)(?:\[x\])?)/y;

/** The steps of a discriminator's path (FHIR R4, Profiling FHIR, "Discriminator"); none known for any other path. */
function stepsOf(path: string): Step[] | undefined {
  const steps: Step[] = [];
  const pattern = new RegExp(STEP);
  while (pattern.lastIndex < path.length) {
    const match = pattern.exec(path);
    if (!match) return undefined;
    const [, self, type, url, resolve, name] = match;
    if (self !== undefined) continue;
    const kind =
      type !== undefined ? 'type' : url !== undefined ? 'extension' : resolve !== undefined ? 'resolve' : 'name';
    steps.push({
      kind,
      text: type !== undefined ? capital(type) : (url ?? name ?? ''),
      child: childOf(name ?? 'extension'),
    });
  }
  return steps;
}

import { fromFile, type Import } from '../emit/imports.js';
import type { RuleCondition, RuleMember } from '../facts/fact.js';
import { array, call, jsonValue, name, object, thunk, value, type Value } from '../emit/value.js';
import type { SliceTestModel, TargetModel, ValueTest } from '../model/model.js';
import type { RuleModel, SliceRuleModel, SlicingRuleModel, TypeRuleModel } from '../model/rule.js';
import type { RenderContext } from './context.js';
import { internalName } from './scope.js';

/** A property of a table; omitted without a value. */
type Entry = readonly [key: string, value: Value | undefined];

/**
 * The rules of a profile for its elements, as an `ElementRule`.
 *
 * @param context all profiles
 * @param rule of a profile
 */
export function ruleValue(context: RenderContext, rule: RuleModel): Value {
  return object(ruleEntries(context, rule));
}

/** Invariants refer to the other rules, so they come last. */
const LAST = 'invariants';

function ruleEntries(context: RenderContext, { min, max, types, facts, children, slicing }: RuleModel): Entry[] {
  const entries = facts.map((member) => factEntry(context, member));
  return [
    ['min', optional(min)],
    ['max', optional(max)],
    ...typeEntries(context, types),
    ...entries.filter(([key]) => key !== LAST),
    [
      'children',
      children.length === 0 ? undefined : object(children.map(([key, rule]) => [key, ruleValue(context, rule)])),
    ],
    ['slicing', slicing === undefined ? undefined : slicingValue(context, slicing)],
    ...entries.filter(([key]) => key === LAST),
  ];
}

function factEntry(context: RenderContext, [key, rule]: RuleMember): Entry {
  switch (rule.kind) {
    case 'json':
      return [key, jsonValue(rule.json)];
    case 'codes':
      return [key, codeSet(context, rule.valueSet)];
    case 'codes-where':
      return [key, codesWhere(context, rule.bindings)];
  }
}

/** A function of the runtime, so that tables without such bindings do not include its code. */
function codesWhere(context: RenderContext, bindings: readonly RuleCondition[]): Value | undefined {
  const known = bindings.flatMap(({ at, is, valueSet }) => {
    const codes = codeSet(context, valueSet);
    return codes === undefined
      ? []
      : [
          object([
            ['at', value(at)],
            ['is', array(is.map(jsonValue))],
            ['codes', codes],
          ]),
        ];
  });
  return known.length === 0 ? undefined : call(name(internalName('codesWhere')), [array(known)], { pure: true });
}

/** JSON cannot represent `Infinity`. */
function optional(count: number | undefined): Value | undefined {
  if (count === undefined) return undefined;
  return count === Infinity ? name('Infinity') : value(count);
}

function codeSet({ names }: RenderContext, valueSet: string): Value | undefined {
  const own = names.valueSets.get(valueSet);
  return own === undefined ? undefined : name(fromFile(own.file, own.codes));
}

/** A single type is part of the rule itself. */
function typeEntries(context: RenderContext, types: RuleModel['types']): Entry[] {
  if (types === undefined) return [];
  const [only, ...others] = types;
  if (only !== undefined && others.length === 0) return typeRule(context, 'type', only);
  return [['types', array(types.map((type) => object(typeRule(context, 'code', type))))]];
}

function typeRule(context: RenderContext, key: 'type' | 'code', { code, profiles, targets }: TypeRuleModel): Entry[] {
  const base = profiles.length === 0 ? resourceTable(context, code) : undefined;
  return [
    [key, value(code)],
    ['profiles', profiles.length === 0 ? undefined : array(profiles.map((url) => tableThunk(context, url)))],
    ['base', base],
    ['bundle', base === undefined ? undefined : bundleRules(code)],
    ['targets', targets === undefined ? undefined : array(targets.map((target) => value(targetText(target))))],
  ];
}

function targetText({ type, profile }: TargetModel): string {
  return profile === undefined ? type : `${type}|${profile}`;
}

/** The elements of a resource type that is used without a profile. */
function resourceTable({ types, names }: RenderContext, code: string): Value | undefined {
  const type = types.get(code);
  const own = names.fhirTypes.get(code);
  const isTable = type?.kind === 'resource' && !type.abstract;
  return isTable && own !== undefined ? name(fromFile(own.file, own.table)) : undefined;
}

/**
 * The rules for Bundles only, in the runtime: a part of their tables, so that programs without Bundles do not contain
 * them.
 *
 * @param type of a resource
 */
export function bundleRules(type: string): Value | undefined {
  return type === 'Bundle' ? name(internalName('bundleRules')) : undefined;
}

/** Profiles may refer to each other in a cycle, so a table is referenced lazily. */
function tableThunk({ names }: RenderContext, url: string): Value {
  const own = names.profiles.get(url);
  return thunk(own === undefined ? name('undefined') : name(tableOf(own)));
}

function tableOf({ file, table }: { readonly file: string; readonly table: string }): Import {
  return fromFile(file, table);
}

function slicingValue(context: RenderContext, { rules, ordered, slices }: SlicingRuleModel): Value {
  return object([
    ['rules', value(rules)],
    ['ordered', ordered ? value(true) : undefined],
    ['slices', array(slices.map((slice) => sliceValue(context, slice)))],
  ]);
}

function sliceValue(context: RenderContext, slice: SliceRuleModel): Value {
  const url = urlOf(slice.tests);
  return object([
    ['name', value(slice.name)],
    url === undefined ? ['when', array(slice.tests.map((test) => testValue(context, test)))] : ['url', value(url)],
    ['rule', ruleValue(context, slice.rule)],
  ]);
}

/** The discriminator of nearly all slices of extensions, in its short form. */
function urlOf(tests: readonly SliceTestModel[]): string | undefined {
  const [only] = tests;
  if (tests.length !== 1 || only?.kind !== 'value' || only.at !== 'url') return undefined;
  const { fixed, ...others } = only.is;
  return typeof fixed === 'string' && Object.values(others).every((one) => one === undefined) ? fixed : undefined;
}

function testValue(context: RenderContext, test: SliceTestModel): Value {
  const at: Entry = ['at', value(test.at)];
  switch (test.kind) {
    case 'value':
      return test.is.anyOf === undefined
        ? object([at, ['is', valueTest(context, test.is)]])
        : object([at, ['any', array(test.is.anyOf.map((one) => valueTest(context, one)))]]);
    case 'exists':
      return object([at, ['exists', value(test.exists)]]);
    case 'type':
      return object([at, ['types', array(test.types.map(value))]]);
    case 'profile':
      return object([at, ['profiles', array(test.profiles.map((url) => tableThunk(context, url)))]]);
    case 'position':
      return object([at, ['from', value(test.from)], ['to', optional(test.to)]]);
    case 'undecidable':
      return object([at, ['undecidable', value(true)]]);
  }
}

function valueTest(context: RenderContext, { fixed, pattern, valueSet, children = {} }: ValueTest): Value {
  const below = Object.entries(children).map(([key, child]): Entry => [key, valueTest(context, child)]);
  return object([
    ['fixed', fixed === undefined ? undefined : jsonValue(fixed)],
    ['pattern', pattern === undefined ? undefined : jsonValue(pattern)],
    ['codes', valueSet === undefined ? undefined : codeSet(context, valueSet)],
    ['children', below.length === 0 ? undefined : object(below)],
  ]);
}

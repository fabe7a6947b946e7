import type { RuleMember } from '../facts/fact.js';
import { factRules, factDifferential } from '../facts/values.js';
import { differential, sliceDifferential } from './differential.js';
import { unconstrained, type EffectiveContext } from './effective.js';
import { mergeChildren } from './merge.js';
import type { ElementModel, SliceModel, SliceTestModel, SlicingModel, TargetModel, TypeModel } from './model.js';

/** The rules of a validator for an element beyond its FHIR type, each rule once. */
export interface RuleModel {
  /** Cardinality, where it differs from that of the FHIR type; for a slice, its own. */
  readonly min?: number;
  readonly max?: number;
  /** The remaining types, where they or their profiles and targets differ from the FHIR type. */
  readonly types?: readonly TypeRuleModel[];
  /** The rules of facts (fixed value, binding, bounds, invariants) that do not apply already. */
  readonly facts: readonly RuleMember[];
  /** By element name, `[x]` included. */
  readonly children: readonly (readonly [name: string, rule: RuleModel])[];
  readonly slicing?: SlicingRuleModel;
}

/** A remaining type. */
export interface TypeRuleModel {
  readonly code: string;
  /** Canonicals of profiles, one of which the value conforms to. */
  readonly profiles: readonly string[];
  /** The allowed targets of a Reference; if absent, any. */
  readonly targets?: readonly TargetModel[];
}

/** FHIR R4, Profiling FHIR, "Slicing". */
export interface SlicingRuleModel {
  readonly rules: SlicingModel['rules'];
  readonly ordered: boolean;
  readonly slices: readonly SliceRuleModel[];
}

/** A slice: how its items are identified, and the rules for them. */
export interface SliceRuleModel {
  readonly name: string;
  readonly tests: readonly SliceTestModel[];
  readonly rule: RuleModel;
}

/**
 * The rules of the validator for a profile.
 *
 * @param root of the profile, whose own cardinality has no meaning
 * @param context all profiles and types
 */
export function profileRule(root: ElementModel, context: EffectiveContext): RuleModel {
  const { min: _min, max: _max, ...rule } = elementRule(root, context);
  return rule;
}

/**
 * Whether a rule checks nothing.
 *
 * @param rule of an element
 */
function isEmpty({ min, max, types, facts, children, slicing }: RuleModel): boolean {
  const said = [min, max, types, slicing];
  return children.length === 0 && facts.length === 0 && said.every((one) => one === undefined);
}

function elementRule(element: ElementModel, context: EffectiveContext): RuleModel {
  const { base, min, max } = element;
  return {
    ...(min === base.min ? {} : { min }),
    ...(max === base.max ? {} : { max }),
    ...valueRule(element, context),
  };
}

/** The rules other than cardinality. */
function valueRule(element: ElementModel, context: EffectiveContext): RuleModel {
  const known = typeProfile(element, context);
  const own = known === undefined ? element : factDifferential(element, known, element.base, context.facts);
  const types = typeRules(element);
  const slicing = element.base.choice ? choiceRule(element, context) : slicingRule(element, context);
  return {
    ...(types === undefined ? {} : { types }),
    facts: factRules(own, element.base, context.facts),
    children: childRules(element, context),
    ...(slicing === undefined ? {} : { slicing }),
  };
}

function typeRules(element: ElementModel): readonly TypeRuleModel[] | undefined {
  const rules = element.types.map(typeRule);
  const plain = unconstrained(element.base).types.map(typeRule);
  return rules.length === 0 || JSON.stringify(rules) === JSON.stringify(plain) ? undefined : rules;
}

function typeRule({ code, profiles, unresolvedProfiles, targets }: TypeModel): TypeRuleModel {
  const isReference = code === 'Reference' || code === 'canonical';
  const isAny = targets === undefined || targets.some((target) => target.type === 'Resource');
  return {
    code,
    // The value may conform to an unresolved profile.
    profiles: unresolvedProfiles.length > 0 ? [] : profiles,
    ...(isReference && !isAny ? { targets: targets.map(({ type, profile }) => targetRule(type, profile)) } : {}),
  };
}

function targetRule(type: string, profile: string | undefined): TargetModel {
  return profile === undefined ? { type } : { type, profile };
}

/** A snapshot repeats the profile of a datatype, which has its own table. */
function typeProfile(element: ElementModel, context: EffectiveContext): ElementModel | undefined {
  const [type, ...others] = element.types;
  if (type === undefined || others.length > 0 || type.profiles.length !== 1 || type.unresolvedProfiles.length > 0) {
    return undefined;
  }
  return context.profiles.get(type.profiles[0] ?? '')?.root;
}

function childRules(element: ElementModel, context: EffectiveContext): RuleModel['children'] {
  const known = typeProfile(element, context)?.children ?? [];
  return element.children.flatMap((child): [string, RuleModel][] => {
    const said = known.find((one) => one.base.path === child.base.path);
    const rule = elementRule(said === undefined ? child : differential(child, said, context.facts), context);
    return isEmpty(rule) ? [] : [[child.base.choice ? `${child.base.name}[x]` : child.base.name, rule]];
  });
}

/** The constraints of a choice on each of its types are a slicing by type. */
function choiceRule(element: ElementModel, context: EffectiveContext): SlicingRuleModel | undefined {
  const slices = element.types.flatMap((type): SliceRuleModel[] => {
    if (type.element === undefined) return [];
    const plain = { ...type, profiles: [], unresolvedProfiles: [] };
    const { types: _types, ...rule } = valueRule({ ...type.element, types: [plain] }, context);
    if (isEmpty(rule)) return [];
    return [{ name: type.code, tests: [{ kind: 'type', at: '$this', types: [type.code] }], rule }];
  });
  return slices.length === 0 ? undefined : { rules: 'open', ordered: false, slices };
}

function slicingRule(element: ElementModel, context: EffectiveContext): SlicingRuleModel | undefined {
  const { slicing } = element;
  if (slicing === undefined || slicing.slices.length === 0) return undefined;
  const { rules, ordered, slices } = slicing;
  return { rules, ordered, slices: slices.map((slice) => sliceRule(element, slice, context)) };
}

function sliceRule(
  sliced: ElementModel,
  { name, tests, element }: SliceModel,
  context: EffectiveContext,
): SliceRuleModel {
  const known = typeProfile(sliced, context)?.children ?? [];
  const general = { ...sliced, children: mergeChildren(known, sliced.children, context.facts) };
  return {
    name,
    tests,
    rule: {
      ...(element.min === 0 ? {} : { min: element.min }),
      ...(element.max === Infinity ? {} : { max: element.max }),
      ...valueRule(sliceDifferential(element, general, context.facts), context),
    },
  };
}

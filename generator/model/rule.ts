import type { RuleMember } from '../facts/fact.js';
import { factRules, factDifferential } from '../facts/values.js';
import { differential, sliceDifferential } from './differential.js';
import { unconstrained, type EffectiveContext } from './effective.js';
import { mergeChildren } from './merge.js';
import type { ElementModel, SliceModel, SliceTestModel, SlicingModel, TargetModel, TypeModel } from './model.js';

/** What a validator checks of an element beyond its FHIR type, each rule once. */
export interface RuleModel {
  /** Cardinality, where it differs from that of the FHIR type; of a slice, its own. */
  readonly min?: number;
  readonly max?: number;
  /** The types that are left, where they or their profiles and targets are not those of the FHIR type. */
  readonly types?: readonly TypeRuleModel[];
  /** What facts (fixed value, binding, bounds, invariants) say beyond what holds already. */
  readonly facts: readonly RuleMember[];
  /** By element name, `[x]` included. */
  readonly children: readonly (readonly [name: string, rule: RuleModel])[];
  readonly slicing?: SlicingRuleModel;
}

/** A type that is left. */
export interface TypeRuleModel {
  readonly code: string;
  /** Canonicals of profiles of which the value conforms to one. */
  readonly profiles: readonly string[];
  /** What a Reference may point to; absent: anything. */
  readonly targets?: readonly TargetModel[];
}

/** FHIR R4, Profiling FHIR, "Slicing". */
export interface SlicingRuleModel {
  readonly rules: SlicingModel['rules'];
  readonly ordered: boolean;
  readonly slices: readonly SliceRuleModel[];
}

/** A slice: how its items are identified, and what holds for them. */
export interface SliceRuleModel {
  readonly name: string;
  readonly tests: readonly SliceTestModel[];
  readonly rule: RuleModel;
}

/**
 * What the validator checks of a profile.
 *
 * @param root of the profile, whose own cardinality says nothing
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

/** What a rule says apart from cardinality. */
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
    // A profile whose canonical cannot be resolved may be the one that the value has.
    profiles: unresolvedProfiles.length > 0 ? [] : profiles,
    ...(isReference && !isAny ? { targets: targets.map(({ type, profile }) => targetRule(type, profile)) } : {}),
  };
}

function targetRule(type: string, profile: string | undefined): TargetModel {
  return profile === undefined ? { type } : { type, profile };
}

/** A snapshot repeats what the profile of a datatype says; that stands in the table of that profile. */
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

/** What a choice says of each of its types is a slicing by type. */
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

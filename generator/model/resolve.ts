import { FACTS, type FactRegistry } from '../facts/registry.js';
import { completionsOf } from './completion.js';
import { resolveElement, type ResolveContext } from './resolve-element.js';
import type { Model, ProfileModel } from './model.js';
import type { ResolvedElement, ResolvedModel, ResolvedProfile } from './resolved.js';
import { profileRule } from './rule.js';

/**
 * Makes the final model: merges the descriptions of each profile and takes all decisions.
 *
 * @param model from `buildModel`
 * @param facts the registry
 * @returns the same profiles, resolved; nothing after this stage applies a rule of FHIR
 */
export function resolveModel(model: Model, facts: FactRegistry = FACTS): ResolvedModel {
  const context: ResolveContext = {
    profiles: new Map(model.profiles.map((profile) => [profile.url, profile])),
    valueSets: new Map(model.valueSets.map((valueSet) => [valueSet.url, valueSet])),
    types: new Map(model.fhirTypes.map((type) => [type.name, type])),
    plain: new WeakMap(),
    facts,
  };
  const completions = completionsOf(model.profiles, context);
  const profiles = model.profiles.map((profile) => {
    const completion = completions.get(profile.url) ?? { members: [] };
    return { ...resolveProfile(profile, context), completion };
  });
  return { ...model, profiles };
}

function resolveProfile(profile: ProfileModel, context: ResolveContext): Omit<ResolvedProfile, 'completion'> {
  const root = resolveElement(profile.root, '', context);
  return { ...profile, root, rule: profileRule(profile.root, context), isUnion: isUnion(root) };
}

function isUnion(root: ResolvedElement): boolean {
  return root.members.some((member) => member.options.length > 1 && member.base.choice);
}

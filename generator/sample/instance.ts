import type { ProfileModel } from '../model/model.js';
import { buildValue } from './build.js';
import { withLinkedEntries } from './linked-entries.js';
import type { ValueNode } from './node.js';
import { rootAt } from './place.js';
import type { Build, Plan } from './plan.js';
import { type Context, rootSpec } from './spec.js';

/**
 * Starts the build of an instance.
 *
 * @param context all profiles and types
 * @param plan what to build
 */
export function newBuild(context: Context, plan: Plan): Build {
  return {
    value: buildValue,
    context,
    plan,
    alternatives: new Map(),
    reached: new Set(),
    contradictions: new Set(),
    leftOut: new Set(),
    values: 0,
  };
}

/**
 * An instance of a profile.
 *
 * @param build a new build
 * @param profile the profile
 * @throws Unbuildable when the plan cannot be built
 */
export function buildInstance(build: Build, profile: ProfileModel): ValueNode {
  const at = rootAt(profile.type);
  return withLinkedEntries(build, buildValue(build, rootSpec(profile), profile.type, at), at);
}

import { simpleCheck } from '../../generator/fhir/invariant.js';
import type { Json } from '../../generator/fhir/json.js';
import type { ProfileModel } from '../../generator/model/model.js';
import type { Context } from '../../generator/sample/spec.js';
import { type Synthesis, synthesize, type SynthesisOptions } from '../../generator/sample/synthesize.js';
import { holds } from '../../templates/runtime/invariant-check.js';

/**
 * Whether an instance satisfies the invariants of its profile that need no engine, which instances are not constructed
 * from.
 */
function satisfies({ root }: ProfileModel, json: Json): boolean {
  return root.constraints.every(({ severity, expression = '' }) => {
    const check = severity === 'error' ? simpleCheck(expression) : undefined;
    return check === undefined || holds(check, json) === true;
  });
}

/**
 * Valid instances of a profile, without those that break an invariant.
 *
 * @param profile the profile
 * @param context all profiles
 * @param options see {@link SynthesisOptions}
 */
export function validInstances(profile: ProfileModel, context: Context, options: SynthesisOptions = {}): Synthesis {
  return synthesize(profile, context, { ...options, accepts: (json) => satisfies(profile, json) });
}

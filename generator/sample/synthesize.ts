import type { Json } from '../fhir/json.js';
import type { ProfileModel } from '../model/model.js';
import { buildInstance, newBuild } from './instance.js';
import { type Build, type Plan, Unbuildable } from './plan.js';
import { jsonOf, type ValueNode } from './node.js';
import type { Context } from './spec.js';

/** A valid instance of a profile. */
export interface Instance {
  readonly profile: ProfileModel;
  /** `minimal`, `full`, `variant 3` */
  readonly name: string;
  readonly root: ValueNode;
}

/** Instances of a profile, and what could not be built. */
export interface Synthesis {
  readonly instances: readonly Instance[];
  readonly failures: readonly string[];
  /** Contradictions in the guide, which no instance can satisfy. */
  readonly contradictions: readonly string[];
}

/** Options of {@link synthesize}. */
export interface SynthesisOptions {
  /** See {@link Plan.named}. */
  readonly named?: true;
  /** The number of instances that cover the types in turn; 1: only minimal and full. */
  readonly limit?: number;
  /** Whether the JSON of an instance satisfies what cannot be built from the model, such as invariants. */
  readonly accepts?: (json: Json) => boolean;
}

/** The largest number of variants: a choice of any type has fifty. */
const TURN_LIMIT = 60;

/**
 * Builds valid instances of a profile, from the model alone: one with the required elements; one with all elements that
 * the profile states, each slice once; and, where there are choices, one for each further type.
 *
 * @param profile the profile
 * @param context all profiles
 * @param options see {@link SynthesisOptions}
 */
export function synthesize(profile: ProfileModel, context: Context, options: SynthesisOptions = {}): Synthesis {
  const { named, limit = TURN_LIMIT, accepts = () => true } = options;
  const failures: string[] = [];
  const contradictions = new Set<string>();
  const make = (name: string, wanted: Plan): { instance?: Instance; build: Build } => {
    const plan: Plan = named ? { ...wanted, named } : wanted;
    const build = newBuild(context, plan);
    try {
      const root = buildInstance(build, profile);
      for (const one of [...build.contradictions, ...build.leftOut]) contradictions.add(`${profile.name}, ${one}`);
      const isValid = build.contradictions.size === 0 && accepts(jsonOf(root));
      return isValid ? { instance: { profile, name, root }, build } : { build };
    } catch (error) {
      if (!(error instanceof Unbuildable)) throw error;
      failures.push(`${profile.name}, ${name}: ${error.message}`);
      return { build };
    }
  };
  const minimal = make('minimal', { more: 'nothing', turn: 0, reach: new Set() });
  const full = make('full', { more: 'all', turn: 0, reach: new Set() });
  const made = [minimal, full];
  const turns = Math.min(
    limit,
    Math.max(1, ...minimal.build.alternatives.values(), ...full.build.alternatives.values()),
  );
  for (let turn = 1; turn < turns; turn++) {
    made.push(make(`variant ${turn}`, { more: 'reach', turn, reach: full.build.reached }));
  }
  const seen = new Set<string>();
  const instances = made.flatMap(({ instance }): Instance[] => {
    const text = instance === undefined ? '' : JSON.stringify(jsonOf(instance.root));
    if (instance === undefined || seen.has(text)) return [];
    seen.add(text);
    return [instance];
  });
  return { instances, failures, contradictions: [...contradictions] };
}

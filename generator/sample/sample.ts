import type { Json } from '../fhir/json.js';
import type { ProfileModel } from '../model/model.js';
import { buildInstance, newBuild } from './instance.js';
import { jsonOf } from './node.js';
import { type Plan, Unbuildable } from './plan.js';
import type { Context } from './spec.js';

/**
 * The size of a sample: the required elements, those and the must-support elements, or all elements that the profile
 * states.
 */
export type SampleSize = 'minimal' | 'supported' | 'full';

/** Options of a sample. */
export interface SampleOptions {
  readonly size: SampleSize;
  /** Selects codes and types; the first ones if absent. */
  readonly seed?: number | undefined;
  /** Receives the reason when an instance cannot be built. */
  readonly onUnbuildable?: (reason: string) => void;
}

const MORE = { minimal: 'nothing', supported: 'supported', full: 'all' } as const satisfies Record<
  SampleSize,
  Plan['more']
>;

/** The number of alternatives to try when the model does not show which of them satisfies an invariant. */
const TURNS = 8;

/**
 * Builds instances of a profile from the model alone, the requested one first. The model does not show how to satisfy
 * every invariant, so the caller uses the first instance that the profile's own validator accepts.
 *
 * @param profile the profile
 * @param context all profiles
 * @param options size and seed: the same ones give the same instances
 * @returns JSON values, from the requested one to simpler ones
 */
export function* samples(profile: ProfileModel, context: Context, options: SampleOptions): Generator<Json> {
  const { size, seed, onUnbuildable } = options;
  const start = seed ?? 0;
  for (let turn = 0; turn < TURNS; turn++) {
    yield* attempt(profile, context, { more: MORE[size], turn: start + turn, reach: new Set(), seed }, onUnbuildable);
  }
  for (const more of ['supported', 'nothing'] as const) {
    for (let turn = 0; turn < TURNS; turn++) {
      yield* attempt(profile, context, { more, turn, reach: new Set() }, onUnbuildable);
    }
  }
}

function* attempt(
  profile: ProfileModel,
  context: Context,
  plan: Plan,
  onUnbuildable?: (reason: string) => void,
): Generator<Json> {
  try {
    yield claimed(jsonOf(buildInstance(newBuild(context, plan), profile)), profile);
  } catch (error) {
    if (!(error instanceof Unbuildable)) throw error;
    onUnbuildable?.(error.message);
  }
}

/** A resource that declares its profile (FHIR R4, Resource.meta.profile). */
function claimed(json: Json, { kind, url }: ProfileModel): Json {
  if (kind !== 'resource' || json === null || typeof json !== 'object' || Array.isArray(json)) return json;
  const { resourceType, meta, ...rest } = json as Readonly<Record<string, Json>>;
  const known = meta !== null && typeof meta === 'object' && !Array.isArray(meta) ? meta : {};
  const profiles = 'profile' in known && Array.isArray(known.profile) ? (known.profile as readonly Json[]) : [];
  return {
    ...(resourceType !== undefined && { resourceType }),
    meta: { ...known, profile: profiles.includes(url) ? profiles : [url, ...profiles] },
    ...rest,
  };
}

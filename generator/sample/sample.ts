import type { Json } from '../fhir/json.js';
import type { ProfileModel } from '../model/model.js';
import { buildInstance, newBuild } from './instance.js';
import { jsonOf } from './node.js';
import { type Plan, Unbuildable } from './plan.js';
import type { Context } from './spec.js';

/** How much a sample has: what is required, what is must-support besides, or everything that the profile speaks of. */
export type SampleSize = 'minimal' | 'supported' | 'full';

/** What a sample is to be. */
export interface SampleOptions {
  readonly size: SampleSize;
  /** Chooses among codes and types; the first ones if absent. */
  readonly seed?: number | undefined;
  /** Receives the reason when an instance cannot be built. */
  readonly onUnbuildable?: (reason: string) => void;
}

const MORE = { minimal: 'nothing', supported: 'supported', full: 'all' } as const satisfies Record<
  SampleSize,
  Plan['more']
>;

/** How many choices are tried where the model does not say which of them satisfies an invariant. */
const TURNS = 8;

/**
 * Instances of a profile from the model alone, the one that is asked for first. The model does not say how to satisfy
 * every invariant, so the caller takes the first that the profile's own validator accepts.
 *
 * @param profile the profile
 * @param context all profiles
 * @param options size and seed: the same ones give the same instances
 * @returns JSON values, each one plainer than the one before
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

/** A resource that says which profile it conforms to (FHIR R4, Resource.meta.profile). */
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

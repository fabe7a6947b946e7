import type { Warning } from './errors.js';
import type { FactRegistry } from './facts/registry.js';
import { CanonicalLookup } from './fhir/canonical-lookup.js';
import { packageId, type PackageIdentity } from './fhir/package-id.js';
import type { Definitions } from './load/definitions.js';
import { DEFAULT_LIMITS, type PinLimits } from './pin/limits.js';
import { type Pinned, pinnedSnapshot, pinProfiles } from './pin/pin.js';
import type { SnapshotFailure } from './snapshot/with-snapshots.js';
import { expandValueSets } from './terminology/expand.js';

/** Options of {@link pin}. */
export interface PinOptions {
  /** Canonicals, ids or names of the wanted profiles; all profiles of the package if absent. */
  readonly profiles?: readonly string[] | undefined;
  /** Other packages whose profiles are requested: the snapshot records that it was pinned from them as well. */
  readonly also?: readonly PackageIdentity[] | undefined;
  /**
   * Definitions for which `withSnapshots` could not generate a snapshot: they are left out, with a warning that gives
   * the reason.
   */
  readonly failed?: readonly SnapshotFailure[] | undefined;
  readonly limits?: Partial<PinLimits> | undefined;
  /** The registered facts of elements; all if absent. */
  readonly facts?: FactRegistry | undefined;
}

/**
 * Takes from the packages what generation needs: the requested profiles, the definitions that they depend on, and the
 * value sets that they bind. Accesses neither disk nor network, and gives the same bytes for the same packages,
 * whatever the order of their files.
 *
 * @param definitions the result of load, with the snapshots that could be generated
 * @param options see {@link PinOptions}
 * @throws CodegenError when a requested profile does not exist, FHIR's own types are missing, or a limit is exceeded
 */
export function pin(
  definitions: Definitions,
  { profiles, also = [], failed = [], ...options }: PinOptions = {},
): Pinned {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const lookup = new CanonicalLookup(definitions);
  const pinned = pinProfiles(definitions, { lookup, profiles, failed, limits, facts: options.facts });
  const expansions = expandValueSets(pinned.valueSets, { lookup, limits });
  const { snapshot, warnings } = pinnedSnapshot({ ...definitions, also }, pinned, expansions, limits);
  return { snapshot, warnings: [...warnings, ...unusedFiles(definitions, lookup)] };
}

/**
 * Files of the user with codes that nothing uses: most likely their canonical is not the one that the profile binds.
 */
function unusedFiles({ root, packages }: Definitions, lookup: CanonicalLookup): readonly Warning[] {
  return packages
    .flatMap(({ resources }) => resources)
    .flatMap((resource) => {
      const { givenIn, resourceType, url } = resource;
      if (typeof givenIn !== 'string' || lookup.hasFound(resource)) return [];
      const message = `terminology: ${givenIn} defines the ${resourceType} ${url}, which no generated profile uses`;
      return [{ message, where: { package: packageId(root) } }];
    });
}

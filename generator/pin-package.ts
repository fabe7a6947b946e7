import type { Warning } from './errors.js';
import type { FactRegistry } from './facts/registry.js';
import { CanonicalLookup } from './fhir/canonical-lookup.js';
import { packageId, type PackageIdentity } from './fhir/package-id.js';
import type { Definitions } from './load/definitions.js';
import { DEFAULT_LIMITS, type PinLimits } from './pin/limits.js';
import { type Pinned, pinnedSnapshot, pinProfiles } from './pin/pin.js';
import type { SnapshotFailure } from './snapshot/with-snapshots.js';
import { expandValueSets } from './terminology/expand.js';

/** What the caller may choose. */
export interface PinOptions {
  /** Canonicals, ids or names of the wanted profiles; all profiles of the package when it is left out. */
  readonly profiles?: readonly string[] | undefined;
  /** Other packages of which profiles are wanted: the snapshot says that it was pinned from them as well. */
  readonly also?: readonly PackageIdentity[] | undefined;
  /** Definitions of which `withSnapshots` could make no snapshot: they are left out with a warning that says why. */
  readonly failed?: readonly SnapshotFailure[] | undefined;
  readonly limits?: Partial<PinLimits> | undefined;
  /** Facts of elements that there are; all if absent. */
  readonly facts?: FactRegistry | undefined;
}

/**
 * Takes from the packages what generation needs: the wanted profiles with all that they stand on and refer to, and
 * the value sets that close their codes. Looks at no disk and no network, and gives the same bytes for the same
 * packages in whatever order their files come.
 *
 * @param definitions as load hands them over, with the snapshots that could be made
 * @param options see there
 * @throws CodegenError when a wanted profile is not there, FHIR's own types are missing, or a limit is passed
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

/** A user's file with codes that nothing looks for: most likely it has another canonical than the profile binds. */
function unusedFiles({ root, packages }: Definitions, lookup: CanonicalLookup): readonly Warning[] {
  return packages
    .flatMap(({ resources }) => resources)
    .flatMap((resource) => {
      const { givenIn, resourceType, url } = resource;
      if (typeof givenIn !== 'string' || lookup.hasFound(resource)) return [];
      const message = `terminology: ${givenIn} has the ${resourceType} ${url}, of which nothing that is generated needs codes`;
      return [{ message, where: { package: packageId(root) } }];
    });
}

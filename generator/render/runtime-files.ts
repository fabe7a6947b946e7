import { releaseOfVersion } from '../fhir/release.js';

/** Files of the runtime: name (`validate.ts`) and text. */
type RuntimeFiles = ReadonlyMap<string, string>;

/**
 * The runtime for a version of FHIR.
 *
 * @param runtime the files of all releases
 * @param releases those that replace some of them, by folder of the release
 * @param fhirVersion `4.0.1`
 */
export function runtimeFiles(
  runtime: RuntimeFiles,
  releases: ReadonlyMap<string, RuntimeFiles>,
  fhirVersion: string,
): RuntimeFiles {
  const release = releaseOfVersion(fhirVersion);
  const own = releases.get(release?.runtime ?? '') ?? new Map<string, string>();
  return new Map([...runtime, ...own]);
}

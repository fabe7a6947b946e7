import { releaseOfVersion } from '../fhir/release.js';

/** Files of the runtime: name (`validate.ts`) and text. */
type RuntimeFiles = ReadonlyMap<string, string>;

/** What only one release needs stands between two comments, so that no other has to carry it. */
const OF_RELEASE = /^ *\/\/ (R\w+) begins\n([^]*?)^ *\/\/ \1 ends\n\n?/gm;

/**
 * The runtime for a version of FHIR.
 *
 * @param runtime all files, with what is for one release only
 * @param releases those that take the place of some of them, by folder of the release
 * @param fhirVersion `4.0.1`
 */
export function runtimeFiles(
  runtime: RuntimeFiles,
  releases: ReadonlyMap<string, RuntimeFiles>,
  fhirVersion: string,
): RuntimeFiles {
  const release = releaseOfVersion(fhirVersion);
  const own = releases.get(release?.runtime ?? '') ?? new Map<string, string>();
  const files = [...runtime, ...own].map(([name, text]): [string, string] => [
    name,
    text.replace(OF_RELEASE, (_, of: string, content: string) => (of === release?.name ? content : '')),
  ]);
  return new Map(files);
}

import { CodegenError } from '../errors.js';
import type { PackageIdentity } from './package-id.js';
import type { ConformanceResource, FhirPackage } from './package.js';

/**
 * What a release of FHIR brings: its versions, and the core package that all packages made for it stand on. A release
 * that can be generated from has one entry here, and nowhere else.
 */
const RELEASES = [
  { name: 'R4', versions: /^4\.0(\.|$)/, core: { name: 'hl7.fhir.r4.core', version: '4.0.1' } },
  { name: 'R4B', versions: /^4\.3(\.|$)/, core: { name: 'hl7.fhir.r4b.core', version: '4.3.0' } },
] as const;

/** A release of FHIR. */
export type Release = (typeof RELEASES)[number];

/** The packages of FHIR itself, one per release (FHIR "NPM Package Specification", core packages). */
const CORE = /^hl7\.fhir\.r\d+b?\.core$/;

/**
 * Whether a package is FHIR itself, of any release: two of them cannot be loaded side by side, since both define the
 * same canonicals.
 *
 * @param name name of a package
 */
export function isCore(name: string): boolean {
  return CORE.test(name);
}

/**
 * The release that a package is made for. When package.json does not say, its StructureDefinitions do; when they do
 * not either, its dependency on a core package does; and otherwise it is taken for R4.
 *
 * @param root the package that is to be generated from
 * @throws CodegenError when it is made for a release other than R4 and R4B
 */
export function releaseOf(root: FhirPackage): Release {
  const stated = statedVersions(root);
  const release = RELEASES.find(({ versions }) => stated.some((version) => versions.test(version)));
  if (release !== undefined) return release;
  if (stated.length > 0) {
    throw new CodegenError(
      `it is made for FHIR ${stated.slice(0, 5).join(', ')}; only packages for R4 (4.0.x) and R4B (4.3.x) can be generated from.`,
      { package: `${root.name}#${root.version}` },
    );
  }
  return RELEASES[0];
}

/**
 * Whether a definition of a dependency can be used, for whatever release its package is made: terminology is the same
 * in all of them, a StructureDefinition is not (those of R5 refer to types that R4 lacks).
 *
 * @param resource a definition
 * @param owner the package that holds it
 */
export function isUsable(resource: ConformanceResource, owner: FhirPackage): boolean {
  if (resource.resourceType !== 'StructureDefinition' || owner.fhirVersions.some(isAccepted)) return true;
  const own = resource['fhirVersion'];
  return typeof own === 'string' ? isAccepted(own) : owner.fhirVersions.length === 0;
}

/** R4 and R4B share their types closely enough to be read together. */
function isAccepted(version: string): boolean {
  return RELEASES.some(({ versions }) => versions.test(version));
}

function statedVersions(root: FhirPackage): readonly string[] {
  if (root.fhirVersions.length > 0) return root.fhirVersions;
  const versions = new Set<string>();
  for (const resource of root.resources) {
    const version = resource['fhirVersion'];
    if (resource.resourceType === 'StructureDefinition' && typeof version === 'string') versions.add(version);
  }
  if (versions.size > 0) return [...versions];
  return coreDependencies(root).map(({ version }) => version);
}

function coreDependencies(root: FhirPackage): readonly PackageIdentity[] {
  return Object.entries(root.dependencies)
    .filter(([name]) => isCore(name))
    .map(([name, version]) => ({ name, version }));
}

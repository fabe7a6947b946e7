import type { PackageIdentity } from './package-id.js';

/** A FHIR package: members of its package.json, and its conformance resources as raw FHIR JSON. */
export interface FhirPackage extends PackageIdentity {
  /** `canonical` of package.json: the base of its pages' addresses. */
  readonly canonical?: string | undefined;
  readonly title?: string | undefined;
  /** `fhirVersions` of package.json (`4.0.1`), empty when it states none. */
  readonly fhirVersions: readonly string[];
  /** name → version, as package.json writes it. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** StructureDefinition, ValueSet and CodeSystem resources, in order of file name. */
  readonly resources: readonly ConformanceResource[];
}

/** A conformance resource. Its canonical URL, which all of them have, identifies it. */
export interface ConformanceResource {
  readonly resourceType: 'StructureDefinition' | 'ValueSet' | 'CodeSystem';
  /** Canonical URL. */
  readonly url: string;
  readonly version?: string | undefined;
  /** Of a StructureDefinition: `constraint` for a profile; to be checked before use. */
  readonly derivation?: unknown;
  /** Canonical of the definition that contains it; a contained definition is not one of the package itself. */
  readonly containedIn?: unknown;
  /** Name of the user's file that its codes are taken from, for messages. */
  readonly givenIn?: unknown;
  /** Anything else that the file holds: to be checked before use. */
  readonly [member: string]: unknown;
}

/** A conformance resource, and the package that defines it. */
export interface PackagedResource {
  readonly resource: ConformanceResource;
  readonly package: FhirPackage;
}

/**
 * The packages that a package depends on, in the order in which it writes them. Two ways of naming a second version of
 * a package are in use: `"alias": "npm:name@version"` (npm) and `"alias@npm:name": "version"` (the IG Publisher).
 *
 * @param dependencies as package.json writes them
 * @returns name and wanted version or range, both unchecked
 */
export function wantedPackages(dependencies: Readonly<Record<string, string>>): PackageIdentity[] {
  return Object.entries(dependencies).map(([key, value]) => {
    const aliased = /^npm:([^@]+)@(.+)$/.exec(value);
    if (aliased?.[1] !== undefined && aliased[2] !== undefined) return { name: aliased[1], version: aliased[2] };
    return { name: /@npm:(.+)$/.exec(key)?.[1] ?? key, version: value };
  });
}

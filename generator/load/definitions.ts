import type { PackageIdentity } from '../fhir/package-id.js';

/** A FHIR package as it was found: its identity and its conformance resources, still raw FHIR JSON. */
export interface LoadedPackage extends PackageIdentity {
  /** `canonical` of package.json: the base of its pages' addresses. */
  readonly canonical?: string | undefined;
  readonly title?: string | undefined;
  /** `fhirVersions` of package.json (`4.0.1`), empty when it says none. */
  readonly fhirVersions: readonly string[];
  /** name → version, as package.json writes it. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** StructureDefinition, ValueSet and CodeSystem resources, in order of file name. */
  readonly resources: readonly ConformanceResource[];
}

/** The one member that all conformance resources share and that everything is found by. */
export interface ConformanceResource {
  readonly resourceType: 'StructureDefinition' | 'ValueSet' | 'CodeSystem';
  /** Canonical URL. */
  readonly url: string;
  readonly version?: string | undefined;
  /** Anything else that the file holds: to be checked before use. */
  readonly [member: string]: unknown;
}

/** What load hands to pin: the wanted package first, then its dependencies, nearest first. */
export interface Definitions {
  readonly root: LoadedPackage;
  /** All packages, the root included, in the order in which a canonical is looked up. */
  readonly packages: readonly LoadedPackage[];
  /** Dependencies that could not be had. */
  readonly missing: readonly MissingPackage[];
}

/** A dependency that could not be had, who wanted it, and why it is not there. */
export interface MissingPackage extends PackageIdentity {
  /** `name#version` of the packages that name it. */
  readonly wantedBy: readonly string[];
  /** One sentence. */
  readonly reason: string;
}

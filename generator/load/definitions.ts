import type { FhirPackage } from '../fhir/package.js';
import type { PackageIdentity } from '../fhir/package-id.js';

/** The result of load for pin: the wanted package first, then its dependencies, nearest first. */
export interface Definitions {
  readonly root: FhirPackage;
  /** All packages, the root included, in the order in which a canonical is looked up. */
  readonly packages: readonly FhirPackage[];
  /** Dependencies that could not be loaded. */
  readonly missing: readonly MissingPackage[];
}

/** A dependency that could not be loaded, the package that depends on it, and the reason. */
export interface MissingPackage extends PackageIdentity {
  /** `name#version` of the packages that name it. */
  readonly wantedBy: readonly string[];
  /** One sentence. */
  readonly reason: string;
}

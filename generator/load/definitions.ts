import type { FhirPackage } from '../fhir/package.js';
import type { PackageIdentity } from '../fhir/package-id.js';

/** The definitions of the requested package and its dependencies. */
export interface Definitions {
  readonly root: FhirPackage;
  /**
   * All packages, the root first, then its dependencies, the nearest first: the order in which canonicals are looked
   * up.
   */
  readonly packages: readonly FhirPackage[];
  /** Dependencies that could not be loaded. */
  readonly missing: readonly MissingPackage[];
}

/** A dependency that could not be loaded, the package that depends on it, and the reason. */
export interface MissingPackage extends PackageIdentity {
  /** `name#version` of the packages that depend on it. */
  readonly wantedBy: readonly string[];
  /** The reason, in one sentence. */
  readonly reason: string;
}

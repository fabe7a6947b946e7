/** `name` and `version` of a FHIR package, as its own package.json says. */
export interface PackageIdentity {
  readonly name: string;
  readonly version: string;
}

/**
 * A package as messages and manifests write it.
 *
 * @param identity of the package
 * @returns `name#version`
 */
export function packageId({ name, version }: PackageIdentity): string {
  return `${name}#${version}`;
}

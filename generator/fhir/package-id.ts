/** `name` and `version` of a FHIR package, as its package.json states them. */
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

/**
 * The name in `name#version`.
 *
 * @param id as {@link packageId} returns it
 */
export function packageName(id: string): string {
  const at = id.lastIndexOf('#');
  return at === -1 ? id : id.slice(0, at);
}

/**
 * The version of a definition, unless it is the version of its package: most guides give all their definitions the
 * version of the package.
 *
 * @param definition its version, and `name#version` of its package
 */
export function ownVersion(definition: { readonly version?: string; readonly package: string }): string | undefined {
  const { version } = definition;
  return version === definition.package.slice(packageName(definition.package).length + 1) ? undefined : version;
}

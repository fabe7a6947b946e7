import type { Definitions } from '../../generator/load/definitions.js';
import type { ConformanceResource, FhirPackage } from '../../generator/fhir/package.js';

/**
 * A package as the loader returns it.
 *
 * @param label `name#version`
 * @param resources its definitions
 * @param dependencies name → version
 */
export function packageOf(
  label: string,
  resources: readonly ConformanceResource[],
  dependencies: Readonly<Record<string, string>> = {},
): FhirPackage {
  const [name = '', version = ''] = label.split('#');
  return { name, version, fhirVersions: ['4.0.1'], dependencies, resources };
}

/**
 * A guide as the loader returns it.
 *
 * @param resources its definitions
 * @param others packages that it depends on
 */
export function guideOf(resources: readonly ConformanceResource[], ...others: readonly FhirPackage[]): Definitions {
  const root = packageOf('example.guide#1.0.0', resources);
  return { root, packages: [root, ...others], missing: [] };
}

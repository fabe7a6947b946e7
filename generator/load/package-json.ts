import { CodegenError, messageOf } from '../errors.js';
import type { FhirPackage } from '../fhir/package.js';
import { parseJson } from './resource.js';
import { isPackageName, isPackageVersion } from './spec.js';

/** The metadata of a package. */
export type PackageJson = Omit<FhirPackage, 'resources'>;

/**
 * Reads a package.json (FHIR "NPM Package Specification", section "package manifest").
 *
 * @param bytes the content of the file; `undefined` when the package has none
 * @param place the package as the user names it
 * @returns its identity, dependencies and FHIR versions
 * @throws CodegenError when it is missing or broken, or has no valid name or version
 */
export function readPackageJson(bytes: Uint8Array | undefined, place: string): PackageJson {
  const where = { package: place };
  if (bytes === undefined) {
    throw new CodegenError('there is no package.json, so this is not a FHIR package (or an incomplete one).', where);
  }
  let content: unknown;
  try {
    content = parseJson(bytes);
  } catch (error) {
    throw new CodegenError(`package.json is not valid JSON: ${messageOf(error)}`, where, { cause: error });
  }
  if (!isRecord(content)) throw new CodegenError('package.json is not a JSON object.', where);
  const { name, version } = content;
  if (typeof name !== 'string' || !isPackageName(name)) {
    throw new CodegenError(`package.json has no usable "name" (${quoted(name)}).`, where);
  }
  if (typeof version !== 'string' || !isPackageVersion(version)) {
    throw new CodegenError(`package.json has no usable "version" (${quoted(version)}).`, where);
  }
  return {
    name,
    version,
    canonical: textOf(content['canonical']),
    title: textOf(content['title']),
    fhirVersions: fhirVersionsOf(content),
    dependencies: dependenciesOf(content['dependencies']),
  };
}

/** `fhirVersions` is the name in the specification; older packages use `fhir-version-list` or a plain string. */
function fhirVersionsOf(content: Record<string, unknown>): readonly string[] {
  const stated = content['fhirVersions'] ?? content['fhir-version-list'] ?? content['fhirVersion'];
  const list: unknown[] = Array.isArray(stated) ? stated : [stated];
  return list.filter((version): version is string => typeof version === 'string' && version !== '');
}

/**
 * Without prototype, since the keys come from the package. A version that is not a string becomes an empty one, so that
 * the dependency is reported as missing and not ignored.
 */
function dependenciesOf(stated: unknown): Readonly<Record<string, string>> {
  const dependencies: Record<string, string> = Object.create(null);
  if (!isRecord(stated)) return dependencies;
  for (const [name, version] of Object.entries(stated)) dependencies[name] = typeof version === 'string' ? version : '';
  return dependencies;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function quoted(value: unknown): string {
  return value === undefined ? 'it is missing' : (JSON.stringify(value) ?? '').slice(0, 80);
}

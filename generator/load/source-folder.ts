import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { CodegenError, messageOf } from '../errors.js';
import { statAt } from './disk.js';
import { filesOfFolder } from './folder.js';
import { type LoadLimits } from './limits.js';
import type { PackageFile, PackageFiles } from './package.js';
import { parseJson } from './resource.js';
import { isPackageName, isPackageVersion } from './spec.js';

/** The configuration of SUSHI, in the folder of an Implementation Guide's sources. */
const SUSHI_CONFIG = 'sushi-config.yaml';

/**
 * The folder in which SUSHI writes the definitions from FSH, and those for definitions in JSON (SUSHI, "Predefined
 * resources").
 */
const SUSHI_FOLDERS = [
  'fsh-generated/resources',
  'input/profiles',
  'input/extensions',
  'input/models',
  'input/resources',
  'input/vocabulary',
] as const;

/** The version of a package that states none. */
const NO_VERSION = '0.0.0';

/** The number of values that YAML aliases may produce: guides have a few, and nested aliases multiply. */
const ALIASES = 100;

/** The content of a package.json. */
type Manifest = Readonly<Record<string, unknown>>;

/**
 * The files of a folder that a user names: a package, the sources of a guide after a run of SUSHI, or single
 * definitions. The last two have no package.json; it is created from sushi-config.yaml, from the ImplementationGuide
 * among the definitions, or from the name of the folder.
 *
 * @param path the folder
 * @param limits the limits of files
 * @throws CodegenError when the folder or its configuration cannot be read, or SUSHI has not been run
 */
export function filesOfSourceFolder(path: string, limits: LoadLimits): PackageFiles {
  const own = filesOfFolder(path);
  if (own.files.some(({ name }) => name === 'package.json')) return own;
  const config = join(path, SUSHI_CONFIG);
  if (statAt(config)?.isFile() === true) return filesOfSushi(path, limits);
  const definitions = own.files.filter((file) => isDefinition(file, limits));
  if (definitions.length === 0) return own;
  return { ...own, files: withManifest(own.files, manifestOfGuide(own.files, limits) ?? manifestOfFolder(path)) };
}

function filesOfSushi(path: string, limits: LoadLimits): PackageFiles {
  const where = { package: path };
  const made = join(path, SUSHI_FOLDERS[0]);
  if (statAt(made)?.isDirectory() !== true) {
    throw new CodegenError(`there is ${SUSHI_CONFIG}, but no ${SUSHI_FOLDERS[0]}: run SUSHI first.`, where);
  }
  const files = new Map<string, PackageFile>();
  for (const folder of SUSHI_FOLDERS) {
    const inside = join(path, folder);
    if (statAt(inside)?.isDirectory() !== true) continue;
    for (const file of filesOfFolder(inside, path).files) if (!files.has(file.name)) files.set(file.name, file);
  }
  return { place: path, files: withManifest([...files.values()], manifestOfSushi(path, limits)) };
}

function withManifest(files: readonly PackageFile[], manifest: Manifest): PackageFile[] {
  const bytes = new TextEncoder().encode(JSON.stringify(manifest));
  return [{ name: 'package.json', bytes: bytes.length, read: () => bytes }, ...files];
}

/**
 * The members of package.json from SUSHI's configuration: `id`, `version`, `fhirVersion` and `dependencies` (SUSHI,
 * "Configuration").
 */
function manifestOfSushi(path: string, limits: LoadLimits): Manifest {
  const where = { package: join(path, SUSHI_CONFIG) };
  const file = join(path, SUSHI_CONFIG);
  if ((statAt(file)?.size ?? 0) > limits.packageJsonBytes) {
    throw new CodegenError('it is longer than the limit "packageJsonBytes".', where);
  }
  let content: unknown;
  try {
    // All scalars stay strings: `version: 1.0` is not a number. SUSHI has already checked that keys are unique, a check
    // that takes the parser quadratic time.
    content = parse(readFileSync(file, 'utf8'), { schema: 'failsafe', maxAliasCount: ALIASES, uniqueKeys: false });
  } catch (error) {
    throw new CodegenError(`it is not valid YAML: ${messageOf(error).split('\n')[0] ?? ''}`, where, { cause: error });
  }
  const config = recordOf(content);
  const { id, version = NO_VERSION, canonical, title, fhirVersion } = config;
  return {
    name: textOf(id ?? config['packageId']),
    version: textOf(version),
    canonical: textOf(canonical),
    title: textOf(title),
    fhirVersions: (Array.isArray(fhirVersion) ? fhirVersion : [fhirVersion]).map(textOf),
    dependencies: Object.fromEntries(
      Object.entries(recordOf(config['dependencies'])).map(([name, wanted]) => [
        name,
        textOf(wanted) ?? textOf(recordOf(wanted)['version']),
      ]),
    ),
  };
}

/** The members of package.json from an ImplementationGuide (FHIR R4: packageId, version, fhirVersion, dependsOn). */
function manifestOfGuide(files: readonly PackageFile[], limits: LoadLimits): Manifest | undefined {
  for (const file of files) {
    if (!/^ImplementationGuide.*\.json$/i.test(file.name) || file.bytes > limits.packageJsonBytes) continue;
    const guide = recordOf(jsonOf(file));
    const { packageId, version = NO_VERSION, title, fhirVersion, dependsOn } = guide;
    if (typeof packageId !== 'string' || !isPackageName(packageId)) continue;
    if (typeof version !== 'string' || !isPackageVersion(version)) continue;
    const dependencies = (Array.isArray(dependsOn) ? dependsOn : [])
      .map(recordOf)
      .flatMap((one): [string, unknown][] => {
        const name = one['packageId'];
        return typeof name === 'string' ? [[name, one['version']]] : [];
      });
    return {
      name: packageId,
      version,
      title,
      fhirVersions: fhirVersion,
      dependencies: Object.fromEntries(dependencies),
    };
  }
  return undefined;
}

function manifestOfFolder(path: string): Manifest {
  const name = basename(resolve(path))
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 128);
  return { name: name === '' ? 'definitions' : name, version: NO_VERSION };
}

/** Whether a file has a definition, in JSON or in XML, which the reader of packages reports as unsupported. */
function isDefinition(file: PackageFile, { fileBytes }: LoadLimits): boolean {
  if (file.bytes > fileBytes) return false;
  const head = new TextDecoder().decode(file.read().subarray(0, HEAD));
  return /"resourceType"\s*:\s*"(?:StructureDefinition|ValueSet|CodeSystem)"|<(?:StructureDefinition|ValueSet|CodeSystem)[\s>]/.test(
    head,
  );
}

/** The number of bytes in which the type of a file is searched for. */
const HEAD = 10_000;

function jsonOf(file: PackageFile): unknown {
  try {
    return parseJson(file.read());
  } catch {
    return undefined;
  }
}

/** A value that is not a string, such as a nested alias, counts as absent. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function recordOf(value: unknown): Record<string, unknown> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? { ...value } : {};
}

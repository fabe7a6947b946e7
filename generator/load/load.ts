import { readFileSync } from 'node:fs';
import { CodegenError, messageOf, UsageError, type Warning } from '../errors.js';
import { filesOfArchive } from './archive.js';
import type { FhirPackage } from '../fhir/package.js';
import { packageId } from '../fhir/package-id.js';
import { BuildServer } from './build-server.js';
import { DEFAULT_FHIR_CACHE, FhirCache } from './cache.js';
import type { Definitions } from './definitions.js';
import { statAt } from './disk.js';
import { followDependencies } from './dependencies.js';
import { releaseOf } from '../fhir/release.js';
import { DEFAULT_LIMITS, type LoadLimits } from './limits.js';
import { NodeModules } from './node-modules.js';
import { packageJsonOf, readPackage } from './package.js';
import { npmInstallOf, Registry } from './registry.js';
import { type GivenPackage, PackageSource, type Found, type Servers } from './source.js';
import { filesOfSourceFolder } from './source-folder.js';
import { parseSpec, type Spec } from './spec.js';

/** The sources of packages, and limits on their cost. */
export interface LoadOptions {
  /**
   * Specs of further packages to load. They are preferred when resolving dependencies, and are loaded even if no
   * package depends on them.
   */
  readonly packages?: readonly string[] | undefined;
  /** Specs of further packages to generate; they are loaded like {@link packages}. */
  readonly also?: readonly string[] | undefined;
  /** The FHIR package cache; default `~/.fhir/packages`. */
  readonly fhirCache?: string | undefined;
  /** URL of a registry to use instead of the FHIR registries; default: the environment variable FPL_REGISTRY. */
  readonly registry?: string | undefined;
  /** URL of the server that builds guides, which provides `current`; default `https://build.fhir.org`. */
  readonly buildServer?: string | undefined;
  /** Folder from which to search upwards for packages installed by npm; default: the current folder. */
  readonly installedFor?: string | undefined;
  /** Use no registry and no build server. */
  readonly offline?: boolean | undefined;
  /** The time to wait for a server, in seconds; default 10. */
  readonly timeoutSeconds?: number | undefined;
  /** Called with each line of progress. */
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Limits that differ from the defaults, which the page on generating lists. */
  readonly limits?: Partial<LoadLimits> | undefined;
}

/** The loaded definitions, and warnings for the user. */
export interface Loaded {
  readonly definitions: Definitions;
  /** The packages of `also`, without other versions of the package itself. */
  readonly also?: readonly FhirPackage[];
  readonly warnings: Warning[];
}

/** Long enough for a slow connection, short enough to wait for. */
const TIMEOUT_SECONDS = 10;

/**
 * Loads a package and, transitively, its dependencies: in this order, from the paths that the user gives, the FHIR
 * cache, the packages installed by npm, and the registry (for `current`, the build server).
 *
 * @param spec `name#version` (a range, `latest` or `current` for the version), `npm:name@version`, the name of a
 *   package installed by npm, a package folder or a `.tgz`
 * @param options see {@link LoadOptions}
 * @returns all definitions, the requested package first, and warnings about dependencies that could not be loaded
 * @throws CodegenError when the package or FHIR's core package cannot be loaded, is broken, or is for an unsupported
 *   release; UsageError when `spec` is not valid
 */
export async function load(spec: string, options: LoadOptions = {}): Promise<Loaded> {
  const limits: LoadLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const onProgress = options.onProgress ?? (() => undefined);
  const cache = new FhirCache(options.fhirCache ?? DEFAULT_FHIR_CACHE, limits);
  const parsed = await parseSpec(spec);
  const servers = serversOf(options, parsed.kind === 'npm', limits, onProgress);
  const installed = new NodeModules(options.installedFor ?? '.', limits);
  const source = new PackageSource(cache, servers, limits, installed);
  const reading = { limits, strict: true, spent: { values: 0, bytes: 0 } };

  const found = await findNamed(parsed, source, cache, limits);
  onProgress(`Reading ${found.files.place}`);
  const read = await readPackage(found.files, reading);
  const root = read.package;
  const also = await findGiven(options.also ?? [], source, cache, limits);
  const others = await findGiven(options.packages ?? [], source, cache, limits);
  const given = [...others.given, ...also.given];
  const forAll = source.forDependencies(given, found.isInstalled === true);
  const rest = await followDependencies(root, given, releaseOf(root), forAll, reading, onProgress);
  return {
    definitions: { root, packages: rest.packages, missing: rest.missing },
    // One output has one version of the guide: its definitions have the same canonicals in all of them.
    also: rest.packages.filter(
      (one) =>
        one.name !== root.name && also.given.some(({ name, version }) => one.name === name && one.version === version),
    ),
    warnings: [
      ...found.warnings,
      ...read.warnings,
      ...others.warnings,
      ...also.warnings,
      ...otherVersionsOf(root, also.given),
      ...rest.warnings,
    ],
  };
}

function otherVersionsOf(root: FhirPackage, also: readonly GivenPackage[]): readonly Warning[] {
  const others = also.filter(({ name, version }) => name === root.name && version !== root.version);
  return others.map((other) => ({
    message: `"also" has another version of ${packageId(root)}: it is not generated as well`,
    where: { package: packageId(other) },
  }));
}

function serversOf(
  { registry, buildServer, offline, timeoutSeconds = TIMEOUT_SECONDS }: LoadOptions,
  npm: boolean,
  limits: LoadLimits,
  onProgress: (line: string) => void,
): Servers | undefined {
  if (offline === true) return undefined;
  const common = { timeoutSeconds, limits, onProgress };
  return {
    registry: new Registry({ ...common, registry, npm }),
    builds: new BuildServer({ ...common, buildServer }),
  };
}

async function findGiven(
  specs: readonly string[],
  source: PackageSource,
  cache: FhirCache,
  limits: LoadLimits,
): Promise<{ readonly given: readonly GivenPackage[]; readonly warnings: readonly Warning[] }> {
  const given: GivenPackage[] = [];
  const warnings: Warning[] = [];
  for (const spec of specs) {
    const { files, warnings: own } = await findNamed(await parseSpec(spec), source, cache, limits);
    const { name, version } = packageJsonOf(files, limits);
    given.push({ name, version, files });
    warnings.push(...own);
  }
  return { given, warnings };
}

/** Finds a package that the user names, in contrast to a dependency. */
async function findNamed(
  spec: Spec,
  source: PackageSource,
  cache: FhirCache,
  limits: LoadLimits,
): Promise<Pick<Found, 'files' | 'warnings' | 'isInstalled'>> {
  switch (spec.kind) {
    case 'folder':
      return { files: filesOfSourceFolder(spec.path, limits), warnings: [] };
    case 'archive':
      return { files: await filesOfArchive(archiveAt(spec.path, limits), spec.path, limits), warnings: [] };
    case 'name':
      try {
        return await source.find(spec.name, spec.version, 'newest');
      } catch (error) {
        if (!(error instanceof CodegenError)) throw error;
        throw new CodegenError(
          `${error.message} FHIR cache: ${cache.folder}. If you have the package, name its folder or .tgz instead.`,
          error.where,
          { cause: error },
        );
      }
    case 'npm': {
      const { name, version } = spec;
      const installed = source.findInstalled(name, version);
      if (installed !== undefined) return installed;
      if (version !== undefined) return source.find(name, version, 'newest');
      throw new UsageError(
        `"${name}" names no version, and npm has not installed it: write ${name}#<version>, or ${name}#latest for the ` +
          `newest, or install it with: ${npmInstallOf(name)}`,
      );
    }
  }
}

function archiveAt(path: string, limits: LoadLimits): Uint8Array {
  try {
    const size = statAt(path)?.size ?? 0;
    if (size <= limits.archiveBytes) return readFileSync(path);
    throw new CodegenError(`the archive has ${size} bytes, more than the limit "archiveBytes".`, { package: path });
  } catch (error) {
    if (error instanceof CodegenError) throw error;
    throw new CodegenError(`the archive cannot be read: ${messageOf(error)}`, { package: path }, { cause: error });
  }
}

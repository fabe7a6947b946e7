import { readFileSync } from 'node:fs';
import { CodegenError, messageOf, UsageError, type Warning } from '../errors.js';
import { filesOfArchive } from './archive.js';
import type { FhirPackage } from '../fhir/package.js';
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
   * Specs of packages to load besides: they answer dependencies before cache and registry do, and are there when no
   * package names them.
   */
  readonly packages?: readonly string[] | undefined;
  /** Specs of packages that are generated from as well: they are loaded like {@link packages}. */
  readonly also?: readonly string[] | undefined;
  /** The FHIR package cache; default `~/.fhir/packages`. */
  readonly fhirCache?: string | undefined;
  /** Address of a registry to ask in place of the FHIR registries; default FPL_REGISTRY of the environment. */
  readonly registry?: string | undefined;
  /** Address of the server that builds guides, asked for `current`; default `https://build.fhir.org`. */
  readonly buildServer?: string | undefined;
  /** Folder from which packages that npm has installed are looked for, upwards; default the current one. */
  readonly installedFor?: string | undefined;
  /** Ask no registry and no build server. */
  readonly offline?: boolean | undefined;
  /** How long a server may be silent, in seconds; default 10. */
  readonly timeoutSeconds?: number | undefined;
  /** Called with the progress, one line at a time. */
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Limits that differ from the defaults, which the page on generating lists. */
  readonly limits?: Partial<LoadLimits> | undefined;
}

/** The loaded definitions, and warnings for the user. */
export interface Loaded {
  readonly definitions: Definitions;
  /** The packages of `also`. */
  readonly also?: readonly FhirPackage[];
  readonly warnings: Warning[];
}

/** Long enough for a slow line, short enough to wait for. */
const TIMEOUT_SECONDS = 10;

/**
 * Loads a package and, transitively, its dependencies: from the paths that the user gives, from the FHIR cache, from
 * what npm has installed, from the registry (`current`: the build server), in this order.
 *
 * @param spec `name#version` (a range, `latest` or `current` for the version), `npm:name@version`, the name of a package
 *   that npm has installed, a package folder or a `.tgz`
 * @param options where to look
 * @returns all definitions, the wanted package first, and warnings about dependencies that could not be loaded
 * @throws CodegenError in one line: the package or FHIR's core package cannot be loaded, is broken, or is not for R4;
 *   UsageError when `spec` is none of the three
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
    also: rest.packages.filter((one) =>
      also.given.some(({ name, version }) => one.name === name && one.version === version),
    ),
    warnings: [...found.warnings, ...read.warnings, ...others.warnings, ...also.warnings, ...rest.warnings],
  };
}

function serversOf(
  { registry, buildServer, offline, timeoutSeconds = TIMEOUT_SECONDS }: LoadOptions,
  npm: boolean,
  limits: LoadLimits,
  onProgress: (line: string) => void,
): Servers | undefined {
  if (offline === true) return undefined;
  const speaking = { timeoutSeconds, limits, onProgress };
  return {
    registry: new Registry({ ...speaking, registry, npm }),
    builds: new BuildServer({ ...speaking, buildServer }),
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

/** A package that the user names, rather than one that another package wants. */
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
        throw new CodegenError(`${error.message} FHIR cache: ${cache.folder}`, error.where, { cause: error });
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

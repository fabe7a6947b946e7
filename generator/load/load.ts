import { CodegenError, type Warning } from '../errors.js';
import { DEFAULT_FHIR_CACHE, FhirCache } from './cache.js';
import type { Definitions } from './definitions.js';
import { followDependencies } from './dependencies.js';
import { releaseOf } from './fhir-version.js';
import { filesOfFolder } from './folder.js';
import { DEFAULT_LIMITS, type LoadLimits } from './limits.js';
import { readPackage, type PackageFiles } from './package.js';
import { PackageSource } from './source.js';
import { parseSpec, type Spec } from './spec.js';

/** Where packages may come from, and what they may cost. */
export interface LoadOptions {
  /** The FHIR package cache; default `~/.fhir/packages`. */
  readonly fhirCache?: string | undefined;
  /** Address of a registry to ask in place of the FHIR registries; default FPL_REGISTRY of the environment. */
  readonly registry?: string | undefined;
  /** Ask no registry at all. */
  readonly offline?: boolean | undefined;
  /** How long a registry may be silent, in seconds; default 10. */
  readonly timeoutSeconds?: number | undefined;
  /** Told what happens, one line at a time. */
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Limits that differ from {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<LoadLimits> | undefined;
}

/** What was loaded, and what the user should know about it. */
export interface Loaded {
  readonly definitions: Definitions;
  readonly warnings: Warning[];
}

/**
 * Loads a package and, transitively, its dependencies: from the path that the user gives, from the FHIR cache, from
 * the registry, in this order.
 *
 * @param spec `name#version` (a range, `latest` or `current` for the version), a package folder or a `.tgz`
 * @param options where to look
 * @returns all definitions, the wanted package first, and warnings about dependencies that could not be had
 * @throws CodegenError in one line: the package or FHIR's core package cannot be had, is broken, or is not for R4;
 *   UsageError when `spec` is none of the three
 */
export async function load(spec: string, options: LoadOptions = {}): Promise<Loaded> {
  const limits: LoadLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const onProgress = options.onProgress ?? (() => undefined);
  const cache = new FhirCache(options.fhirCache ?? DEFAULT_FHIR_CACHE);
  const source = new PackageSource(cache);
  const reading = { limits, strict: true, spent: { values: 0, bytes: 0 } };

  const warnings: Warning[] = [];
  const files = await filesOf(await parseSpec(spec), source, warnings);
  onProgress(`Reading ${files.place}`);
  const read = await readPackage(files, reading);
  warnings.push(...read.warnings);
  const root = read.package;
  const rest = await followDependencies(root, releaseOf(root), source, reading, onProgress);
  warnings.push(...rest.warnings);
  return { definitions: { root, packages: rest.packages, missing: rest.missing }, warnings };
}

async function filesOf(spec: Spec, source: PackageSource, warnings: Warning[]): Promise<PackageFiles> {
  if (spec.kind === 'folder') return filesOfFolder(spec.path);
  if (spec.kind === 'archive') throw new CodegenError('archives cannot be read.', { package: spec.path });
  const found = await source.find(spec.name, spec.version);
  warnings.push(...found.warnings);
  return found.files;
}

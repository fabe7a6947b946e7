import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CodegenError, messageOf, type Warning } from '../errors.js';
import { filesOfArchive } from './archive.js';
import type { BuildServer } from './build-server.js';
import type { FhirCache } from './cache.js';
import { filesOfFolder } from './folder.js';
import type { LoadLimits } from './limits.js';
import type { NodeModules } from './node-modules.js';
import { coreOfNpm } from '../fhir/release.js';
import { packageJsonOf, type PackageFiles } from './package.js';
import type { Registry } from './registry.js';
import { isPackageVersion } from './spec.js';
import { bestVersion, byVersion, isExactVersion, isRange, isSameMinor } from '../fhir/version.js';
import type { PackageIdentity } from '../fhir/package-id.js';

/** A package that was found, not read yet. */
export interface Found {
  /** The version that matches the request. */
  readonly version: string;
  readonly files: PackageFiles;
  readonly warnings: readonly Warning[];
  /** Present when npm has installed it. */
  readonly isInstalled?: true;
}

/** A package that the user provides. */
export interface GivenPackage extends PackageIdentity {
  readonly files: PackageFiles;
}

/** Labels of builds in progress: folders of a cache, but not versions in a registry (FHIR "Package cache"). */
const BUILD = /^(current|dev)(?:\$(.+))?$/;

/** The servers for packages that the FHIR cache lacks. */
export interface Servers {
  readonly registry: Registry;
  /** Provides builds of unpublished versions. */
  readonly builds: BuildServer;
}

/**
 * Finds packages by name: those that the user provides, those in the FHIR cache, those installed by npm, and those of
 * the servers.
 */
export class PackageSource {
  /**
   * @param cache the FHIR package cache
   * @param servers `undefined` to work offline
   * @param limits the limits of a package
   * @param installed the packages installed by npm
   * @param given packages that the user provides, which take precedence over the cache
   * @param npmDecides whether another version installed by npm takes precedence over the servers
   */
  constructor(
    private readonly cache: FhirCache,
    private readonly servers: Servers | undefined,
    private readonly limits: LoadLimits,
    private readonly installed?: NodeModules | undefined,
    private readonly given: readonly GivenPackage[] = [],
    private readonly npmDecides = false,
  ) {}

  /**
   * The same source for the dependencies of a package.
   *
   * @param given packages that take precedence over all others
   * @param npmDecides whether npm has installed the package: the versions that it has installed are then the intended
   *   ones
   */
  forDependencies(given: readonly GivenPackage[], npmDecides: boolean): PackageSource {
    return new PackageSource(this.cache, this.servers, this.limits, this.installed, given, npmDecides);
  }

  /**
   * Finds a package.
   *
   * @param name the package name
   * @param wanted a version, a range, `latest`, `current` or `current$branch`, or another label of the cache (`dev`)
   * @param choice how a range is resolved: `newest` tries the registry first, for a range that the user types;
   *   `nearest` tries the cache first, for a dependency
   * @throws CodegenError when it cannot be loaded; the message is one sentence
   */
  async find(name: string, wanted: string, choice: 'newest' | 'nearest'): Promise<Found> {
    const given = this.given.filter((one) => one.name === name);
    const fit = bestOf(given, wanted);
    if (fit !== undefined) return { ...fit, warnings: [] };
    try {
      return await this.search(name, wanted, choice);
    } catch (error) {
      const other = bestOf(given, 'latest') ?? given[0];
      if (other === undefined || !(error instanceof CodegenError)) throw error;
      const where = { package: `${name}#${wanted}` };
      if (isSameMinor(other.version, wanted)) {
        const message = `${other.version}, which you provided, is used instead: ${error.message}`;
        return { ...other, warnings: [{ message, where }] };
      }
      const message =
        `ANOTHER VERSION IS USED: ${other.version}, which you provided; its profiles and codes may differ, ` +
        `and so may the generated models. ${error.message}`;
      return { ...other, warnings: [{ message, where, isLoud: true }] };
    }
  }

  private async search(name: string, wanted: string, choice: 'newest' | 'nearest'): Promise<Found> {
    const cached = isPackageVersion(wanted) ? this.folderOf(name, wanted) : undefined;
    const [, build, branch] = BUILD.exec(wanted) ?? [];
    if (cached !== undefined) {
      const found = this.read(cached, name, wanted);
      return build === 'current' ? { ...found, warnings: [...found.warnings, oldBuild(name, wanted, cached)] } : found;
    }
    if (build === 'current') return this.downloadBuild(name, wanted, branch);
    if (build !== undefined) {
      throw this.absent(
        name,
        wanted,
        'a local build exists only where it was made: name its folder or .tgz, or use current',
      );
    }
    if (!isRange(wanted)) return this.overridden(name, wanted) ?? (await this.download(name, wanted));

    const held = bestVersion(this.localVersions(name), wanted);
    if (held !== undefined && (choice === 'nearest' || this.servers === undefined)) return this.exactly(name, held);
    try {
      return await this.exactly(name, await this.bestRegistered(name, wanted, held));
    } catch (error) {
      if (held === undefined || !(error instanceof CodegenError)) throw error;
      const found = await this.exactly(name, held);
      const message = `${held}, the newest in the FHIR cache, is used: ${error.message}`;
      return { ...found, warnings: [...found.warnings, { message, where: { package: `${name}#${wanted}` } }] };
    }
  }

  /**
   * The version that npm has installed instead when the user overrides a dependency (npm "package.json", overrides).
   */
  private overridden(name: string, wanted: string): Found | undefined {
    const found = this.npmDecides ? this.findInstalled(name, undefined) : undefined;
    if (found === undefined) return undefined;
    const message = `npm has installed ${found.version} instead`;
    return { ...found, warnings: [...found.warnings, { message, where: { package: `${name}#${wanted}` } }] };
  }

  private async exactly(name: string, version: string): Promise<Found> {
    const folder = this.folderOf(name, version);
    return folder === undefined ? this.download(name, version) : this.read(folder, name, version);
  }

  /**
   * Finds a package that npm has installed.
   *
   * @param name the package name
   * @param wanted a version or a range; any version if absent
   * @returns `undefined` when no matching version is installed
   */
  findInstalled(name: string, wanted: string | undefined): Found | undefined {
    const versions = this.installed?.versions(name) ?? [];
    const version = wanted === undefined ? versions[0] : bestVersion(versions, wanted);
    const folder = version === undefined ? undefined : this.installed?.find(name, version);
    if (version === undefined || folder === undefined) return undefined;
    return { ...this.read(folder, name, version), isInstalled: true };
  }

  private folderOf(name: string, version: string): string | undefined {
    return this.cache.getPackagePath(name, version) ?? this.installedFolder(name, version);
  }

  private installedFolder(name: string, version: string): string | undefined {
    const found = this.installed?.find(name, version);
    const other = found === undefined ? coreOfNpm(name) : undefined;
    return other?.version === version ? this.installed?.find(other.name, version) : found;
  }

  private localVersions(name: string): readonly string[] {
    return [...this.cache.versions(name), ...(this.installed?.versions(name) ?? [])];
  }

  /** The best of the registry's versions and the local one. */
  private async bestRegistered(name: string, wanted: string, held: string | undefined): Promise<string> {
    const { versions, latest } = await this.ask(name, wanted, ({ registry }) => registry.list(name));
    if (wanted === 'latest' && latest !== undefined) return latest;
    if (versions.has(wanted)) return wanted;
    const all = [...versions, ...(held === undefined ? [] : [held])];
    const best = bestVersion(all, wanted);
    if (best !== undefined) return best;
    const some = all.sort(byVersion).slice(-5).join(', ');
    throw this.absent(name, wanted, `the registry has no matching version (it has ${some || 'none'})`);
  }

  private async download(name: string, version: string): Promise<Found> {
    const label = `${name}#${version}`;
    const archive = await this.ask(name, version, async ({ registry }) =>
      buffer(await registry.download(name, version)),
    );
    const files = await filesOfArchive(archive, label, this.limits);
    const stated = packageJsonOf(files, this.limits);
    if (stated.name !== name || stated.version !== version) {
      const message = `the registry sent ${stated.name}#${stated.version} instead.`;
      throw new CodegenError(message, { package: label });
    }
    return { version, files, warnings: await this.keep(name, version, archive) };
  }

  /** A build states its own version, but is stored under the requested label, as other FHIR tools do. */
  private async downloadBuild(name: string, wanted: string, branch: string | undefined): Promise<Found> {
    const label = `${name}#${wanted}`;
    const { repository, others, archive } = await this.ask(name, wanted, async ({ builds }) => ({
      ...(await builds.newest(name, branch)),
      archive: await buffer(await builds.downloadCurrentBuild(name, branch)),
    }));
    const files = await filesOfArchive(archive, label, this.limits);
    const stated = packageJsonOf(files, this.limits);
    if (stated.name !== name) {
      throw new CodegenError(`the build server sent ${stated.name}#${stated.version} instead.`, {
        package: label,
      });
    }
    const older = others.slice(0, 5).join(', ');
    const message = `built from ${repository}, whose build is newer than that of ${older}`;
    const warnings = others.length === 0 ? [] : [{ message, where: { package: label } }];
    return { version: wanted, files, warnings: [...warnings, ...(await this.keep(name, wanted, archive))] };
  }

  /** The response of a server; fails with one sentence about where the package was searched for. */
  private async ask<T>(name: string, wanted: string, question: (servers: Servers) => Promise<T>): Promise<T> {
    const build = BUILD.test(wanted);
    if (this.servers === undefined)
      throw this.absent(name, wanted, `offline, no ${build ? 'build server' : 'registry'} is used`);
    try {
      return await question(this.servers);
    } catch (error) {
      throw error instanceof CodegenError ? this.absent(name, wanted, error.message) : error;
    }
  }

  /**
   * Stores a download in the cache. If the cache cannot be written, only the next run is affected, which downloads
   * again.
   */
  private async keep(name: string, version: string, archive: Buffer): Promise<Warning[]> {
    try {
      await this.cache.cachePackageTarball(name, version, Readable.from([archive]));
      return [];
    } catch (error) {
      const message = `it was downloaded but could not be saved in the FHIR cache ${this.cache.folder}: ${messageOf(error)}`;
      return [{ message, where: { package: `${name}#${version}` } }];
    }
  }

  /**
   * In a cache, the name of the folder identifies the package; one whose package.json differs was put there by mistake.
   */
  private read(folder: string, name: string, version: string): Found {
    const label = `${name}#${version}`;
    const files = filesOfFolder(folder, label);
    const stated = packageJsonOf(files, this.limits);
    const isNamed = stated.name === name || stated.name === coreOfNpm(name)?.name;
    const agrees = isNamed && (stated.version === version || !isExactVersion(version));
    const message = `its package.json in ${folder} names ${stated.name}#${stated.version}, and so will the output`;
    return { version, files, warnings: agrees ? [] : [{ message, where: { package: label } }] };
  }

  private absent(name: string, wanted: string, reason: string): CodegenError {
    const versions = [...this.cache.versions(name)].sort(byVersion);
    const held = versions.length === 0 ? '' : ` (which has ${versions.slice(-5).join(', ')})`;
    return new CodegenError(`it is not in the FHIR cache${held}; ${reason}.`, { package: `${name}#${wanted}` });
  }
}

/** A warning for a build in the cache, which stays there even when its sources change. */
function oldBuild(name: string, wanted: string, folder: string): Warning {
  const message = `the build in the FHIR cache is used and may be outdated: remove ${folder} to download it again`;
  return { message, where: { package: `${name}#${wanted}` } };
}

/** The one of several packages with the same name that matches a version or range. */
function bestOf(given: readonly GivenPackage[], wanted: string): GivenPackage | undefined {
  const exact = given.find(({ version }) => version === wanted);
  if (exact !== undefined || !isRange(wanted)) return exact;
  const versions = given.map(({ version }) => version);
  const best = bestVersion(versions, wanted);
  return given.find(({ version }) => version === best);
}

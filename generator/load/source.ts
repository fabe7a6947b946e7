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
  /** The version that answers the one wanted. */
  readonly version: string;
  readonly files: PackageFiles;
  readonly warnings: readonly Warning[];
  /** npm has installed it. */
  readonly isInstalled?: true;
}

/** A package that the user gives. */
export interface GivenPackage extends PackageIdentity {
  readonly files: PackageFiles;
}

/** Labels of builds in progress: folders in a cache, versions in no registry (FHIR "Package cache"). */
const BUILD = /^(current|dev)(?:\$(.+))?$/;

/** Who is asked for packages that the FHIR cache lacks. */
export interface Servers {
  readonly registry: Registry;
  /** Has what is not published yet. */
  readonly builds: BuildServer;
}

/** Where packages that are wanted by name come from: what the user gives, the FHIR cache, what npm has installed, the
 * servers. */
export class PackageSource {
  /**
   * @param cache the FHIR package cache
   * @param servers undefined to stay offline
   * @param limits what a package may cost
   * @param installed what npm has installed
   * @param given packages that the user gives, whatever the cache holds
   * @param npmDecides whether another version that npm has installed answers before the servers do
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
   * The same source for what a package depends on.
   *
   * @param given packages that go before all others
   * @param npmDecides whether npm has installed the package: then what it has installed besides is what the user wants
   */
  forDependencies(given: readonly GivenPackage[], npmDecides: boolean): PackageSource {
    return new PackageSource(this.cache, this.servers, this.limits, this.installed, given, npmDecides);
  }

  /**
   * Finds a package.
   *
   * @param name its name
   * @param wanted a version, a range, `latest`, `current` or `current$branch`, or another label of the cache (`dev`)
   * @param choice who is asked first about a range: the user who types one wants the newest that there is, a
   *   dependency is content with what the cache has
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
    if (!isRange(wanted)) return this.inItsPlace(name, wanted) ?? (await this.download(name, wanted));

    const held = bestVersion(this.held(name), wanted);
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

  /** Where the user overrides a dependency (npm "package.json", overrides), npm has installed another version. */
  private inItsPlace(name: string, wanted: string): Found | undefined {
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
   * @param name its name
   * @param wanted a version or a range; any version when there is none
   * @returns `undefined` when none is installed that fits
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

  private held(name: string): readonly string[] {
    return [...this.cache.versions(name), ...(this.installed?.versions(name) ?? [])];
  }

  /** The best of the registry's versions and the one in the cache. */
  private async bestRegistered(name: string, wanted: string, held: string | undefined): Promise<string> {
    const { versions, latest } = await this.ask(name, wanted, ({ registry }) => registry.list(name));
    if (wanted === 'latest' && latest !== undefined) return latest;
    if (versions.has(wanted)) return wanted;
    const all = [...versions, ...(held === undefined ? [] : [held])];
    const best = bestVersion(all, wanted);
    if (best !== undefined) return best;
    const some = all.sort(byVersion).slice(-5).join(', ');
    throw this.absent(name, wanted, `the registry has no version that fits (it has ${some || 'none'})`);
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

  /** A build has a version of its own and is kept as what it was asked for, as other FHIR tools do. */
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

  /** What a server answers, or one sentence on where the package was looked for. */
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

  /** A cache that cannot be written to costs the next run a download, and this one nothing. */
  private async keep(name: string, version: string, archive: Buffer): Promise<Warning[]> {
    try {
      await this.cache.cachePackageTarball(name, version, Readable.from([archive]));
      return [];
    } catch (error) {
      const message = `it was downloaded but could not be saved in the FHIR cache ${this.cache.folder}: ${messageOf(error)}`;
      return [{ message, where: { package: `${name}#${version}` } }];
    }
  }

  /** In a cache the folder's name is the identity; a package that calls itself otherwise was put there by mistake. */
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

/** The cache keeps a build for ever, whatever becomes of its sources. */
function oldBuild(name: string, wanted: string, folder: string): Warning {
  const message = `the build in the FHIR cache is used and may be outdated: remove ${folder} to download it again`;
  return { message, where: { package: `${name}#${wanted}` } };
}

/** The one of several packages with the same name that answers what is wanted. */
function bestOf(given: readonly GivenPackage[], wanted: string): GivenPackage | undefined {
  const exact = given.find(({ version }) => version === wanted);
  if (exact !== undefined || !isRange(wanted)) return exact;
  const versions = given.map(({ version }) => version);
  const best = bestVersion(versions, wanted);
  return given.find(({ version }) => version === best);
}

import { CodegenError, type Warning } from '../errors.js';
import type { FhirCache } from './cache.js';
import { filesOfFolder } from './folder.js';
import type { PackageFiles } from './package.js';
import { bestVersion, byVersion, isRange } from './version.js';

/** A package that was found, not read yet. */
export interface Found {
  /** The version that answers the one wanted. */
  readonly version: string;
  readonly files: PackageFiles;
  readonly warnings: readonly Warning[];
}

/** Where packages that are wanted by name come from: the FHIR cache first. */
export class PackageSource {
  constructor(private readonly cache: FhirCache) {}

  /**
   * Finds a package.
   *
   * @param name its name
   * @param wanted a version, a range, `latest`, or the label of a folder in the cache (`current`, `dev`)
   * @throws CodegenError when it cannot be had; the message is a sentence without paths, the same on every machine
   */
  async find(name: string, wanted: string): Promise<Found> {
    const version = isRange(wanted) ? bestVersion(this.cache.versions(name), wanted) : wanted;
    const folder = this.cache.find(name, wanted) ?? (version && this.cache.find(name, version));
    if (folder === undefined || version === undefined || folder === '') {
      throw new CodegenError(`it is not in the FHIR cache${this.others(name)}.`, { package: `${name}#${wanted}` });
    }
    return { version, files: filesOfFolder(folder, `${name}#${version}`), warnings: [] };
  }

  private others(name: string): string {
    const versions = [...this.cache.versions(name)].sort(byVersion);
    return versions.length === 0 ? '' : ` (which has ${versions.slice(-5).join(', ')})`;
  }
}

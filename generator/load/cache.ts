import { randomUUID } from 'node:crypto';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { PackageCache } from 'fhir-package-loader';
import { CodegenError, messageOf } from '../errors.js';
import { visitArchive, type Sink } from './archive.js';
import { statAt } from './disk.js';
import type { LoadLimits } from './limits.js';
import { makeFolder } from '../make-folder.js';
import { byCodeUnit } from '../order.js';

/** The default package cache of all FHIR tools (FHIR "Package cache", `~/.fhir/packages`). */
export const DEFAULT_FHIR_CACHE = join(homedir(), '.fhir', 'packages');

/**
 * A FHIR package cache: one folder per package, `name#version/package/…`. The cache of fhir-package-loader unpacks
 * archives of any size, including links, before they can be checked, and does not list the versions that it contains.
 */
export class FhirCache implements Pick<PackageCache, 'isPackageInCache' | 'getPackagePath' | 'cachePackageTarball'> {
  /**
   * @param folder the folder; if it does not exist, the cache is empty
   * @param limits the limits of a package's content
   */
  constructor(
    readonly folder: string,
    private readonly limits: LoadLimits,
  ) {}

  /**
   * @param name a package name
   * @param version the version in the folder's name
   * @returns whether the package is in the cache
   * @throws CodegenError when the cache cannot be read
   */
  isPackageInCache(name: string, version: string): boolean {
    return this.getPackagePath(name, version) !== undefined;
  }

  /**
   * @param name a package name
   * @param version the version in the folder's name, including labels such as `current` and `dev`
   * @returns the package's folder; `undefined` when it is not in the cache
   * @throws CodegenError when the cache cannot be read
   */
  getPackagePath(name: string, version: string): string | undefined {
    const folder = join(this.folder, `${name}#${version}`);
    return statAt(folder)?.isDirectory() === true ? folder : undefined;
  }

  /**
   * @param name a package name
   * @returns the versions in the cache, in order of code unit
   * @throws CodegenError when the cache cannot be read
   */
  versions(name: string): readonly string[] {
    const prefix = `${name}#`;
    return this.list()
      .filter((entry) => entry.startsWith(prefix))
      .map((entry) => entry.slice(prefix.length))
      .sort(byCodeUnit);
  }

  /**
   * Stores a downloaded package where other FHIR tools find it too. It is stored whole or not at all: it is unpacked
   * under a name that no tool recognizes as a package, and then renamed.
   *
   * @param name the package name
   * @param version the version
   * @param data the `.tgz`
   * @returns the package's folder
   * @throws CodegenError when the disk reports an error, and what {@link visitArchive} throws; nothing is left behind
   */
  async cachePackageTarball(name: string, version: string, data: Readable): Promise<string> {
    const target = join(this.folder, `${name}#${version}`);
    const temporary = join(this.folder, `.fhir-profile-codegen-${randomUUID()}`);
    try {
      makeFolder(join(temporary, 'package'));
      await visitArchive(await buffer(data), `${name}#${version}`, this.limits, (path) =>
        // Some archives have folders beside `package`; FHIR tools move them into it.
        fileSink(join(temporary, ...(path[0] === 'package' ? path : ['package', ...path]))),
      );
      renameSync(temporary, target);
      return target;
    } catch (error) {
      if (statAt(temporary) !== undefined) rmSync(temporary, { recursive: true, force: true });
      // Another process was faster: its copy is equivalent.
      if (this.isPackageInCache(name, version)) return target;
      if (error instanceof CodegenError) throw error;
      const message = `nothing can be written there: ${messageOf(error)}`;
      throw new CodegenError(message, { package: this.folder }, { cause: error });
    }
  }

  private list(): readonly string[] {
    if (statAt(this.folder)?.isDirectory() !== true) return [];
    try {
      return readdirSync(this.folder);
    } catch (error) {
      const message = `the FHIR cache cannot be read: ${messageOf(error)}`;
      throw new CodegenError(message, { package: this.folder }, { cause: error });
    }
  }
}

function fileSink(path: string): Sink {
  const chunks: Uint8Array[] = [];
  return {
    write: (chunk) => chunks.push(chunk),
    end: () => {
      makeFolder(dirname(path));
      writeFileSync(path, Buffer.concat(chunks));
    },
  };
}

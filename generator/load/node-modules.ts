import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isCore } from '../fhir/release.js';
import { byCodeUnit } from '../order.js';
import { statAt } from './disk.js';
import type { LoadLimits } from './limits.js';
import { type PackageJson, readPackageJson } from './package-json.js';

/**
 * The FHIR packages installed by npm: a guide can be a dependency like any other, with a version in the lock file. They
 * are searched for like modules of Node.js, from a folder upwards, and within other packages, where npm places a second
 * version. The name of the folder decides: with overrides and aliases, npm installs another package under it (npm
 * "package.json").
 */
export class NodeModules {
  private readonly known = new Map<string, readonly Installed[]>();

  /**
   * @param start the folder of the program that depends on them
   * @param limits the limits, of which that of package.json applies
   */
  constructor(
    private readonly start: string,
    private readonly limits: LoadLimits,
  ) {}

  /**
   * @param name a package name
   * @param version the version
   * @returns the folder of the package; `undefined` when that version is not installed
   */
  find(name: string, version: string): string | undefined {
    return this.installed(name).find((one) => one.version === version)?.folder;
  }

  /**
   * @param name a package name
   * @returns the installed versions, first the one that Node.js would resolve
   */
  versions(name: string): readonly string[] {
    return this.installed(name).map(({ version }) => version);
  }

  private installed(name: string): readonly Installed[] {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const roots = foldersAbove(this.start).map((folder) => join(folder, 'node_modules'));
    const places = [...roots, ...roots.flatMap((root) => within(root))].map((root) => join(root, name));
    const found = places.flatMap((folder): Installed[] => {
      const stated = this.packageJsonIn(folder);
      return stated !== undefined && isFhirPackage(stated) ? [{ folder, version: stated.version }] : [];
    });
    this.known.set(name, found);
    return found;
  }

  private packageJsonIn(folder: string): PackageJson | undefined {
    const path = join(folder, 'package.json');
    try {
      const stats = statAt(path);
      if (stats?.isFile() !== true || stats.size > this.limits.packageJsonBytes) return undefined;
      return readPackageJson(readFileSync(path), folder);
    } catch {
      // Anything that is not a readable package is skipped.
      return undefined;
    }
  }
}

interface Installed {
  readonly folder: string;
  readonly version: string;
}

/** Whether a package.json has members of FHIR packages, which other npm packages do not have. */
function isFhirPackage({ fhirVersions, canonical, dependencies }: PackageJson): boolean {
  return fhirVersions.length > 0 || canonical !== undefined || Object.keys(dependencies).some(isCore);
}

function foldersAbove(start: string): string[] {
  const folders: string[] = [];
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === dirname(folder)) return folders;
  }
}

/** The `node_modules` folders inside installed packages. */
function within(root: string): string[] {
  try {
    return readdirSync(root)
      .sort(byCodeUnit)
      .map((name) => join(root, name, 'node_modules'))
      .filter((folder) => statAt(folder)?.isDirectory() === true);
  } catch {
    return [];
  }
}

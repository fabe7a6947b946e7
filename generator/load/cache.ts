import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { byCodeUnit } from './order.js';

/** Where all FHIR tools keep packages unless told otherwise (FHIR "Package cache", `~/.fhir/packages`). */
export const DEFAULT_FHIR_CACHE = join(homedir(), '.fhir', 'packages');

/** A FHIR package cache: one folder per package, `name#version/package/…`. The folder's name is the identity. */
export class FhirCache {
  /** @param folder need not exist: then the cache is empty */
  constructor(readonly folder: string) {}

  /**
   * @param name a package name
   * @param version the version as the folder's name has it, labels such as `current` and `dev` included
   * @returns the package's folder, undefined when it is not in the cache
   */
  find(name: string, version: string): string | undefined {
    const folder = join(this.folder, `${name}#${version}`);
    return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? folder : undefined;
  }

  /**
   * @param name a package name
   * @returns the versions in the cache, in order of code unit
   */
  versions(name: string): readonly string[] {
    const prefix = `${name}#`;
    return this.list()
      .filter((entry) => entry.startsWith(prefix))
      .map((entry) => entry.slice(prefix.length))
      .sort(byCodeUnit);
  }

  private list(): readonly string[] {
    try {
      return readdirSync(this.folder);
    } catch {
      return [];
    }
  }
}

import { CodegenError } from '../errors.js';
import { folderFault } from './path.js';

/**
 * Folders that the user gives to packages: by name of the FHIR package, its folder, or a list of its folder and of
 * those that it had before.
 */
export type Aliases = Readonly<Record<string, string | readonly string[]>>;

/** Where packages are in the output, and where they were. */
export interface Folders {
  /** By name of the FHIR package; the folder of any other package has the package's name. */
  readonly folders: ReadonlyMap<string, string>;
  /** Folder of today, by the folder that import paths of older programs name. */
  readonly former: ReadonlyMap<string, string>;
}

/**
 * Reads the aliases of packages.
 *
 * @param aliases as the configuration has them
 * @throws CodegenError when a folder cannot be one, or a former folder leads to two
 */
export function foldersOf(aliases: Aliases): Folders {
  const folders = new Map<string, string>();
  const former = new Map<string, string>();
  for (const [name, alias] of Object.entries(aliases)) {
    const [folder, ...before] = typeof alias === 'string' ? [alias] : alias;
    if (folder === undefined) throw fail(name, 'is empty');
    for (const one of [folder, ...before]) {
      const fault = folderFault(one);
      if (fault !== undefined) throw fail(name, `${JSON.stringify(one)} ${fault}`);
    }
    folders.set(name, folder);
    for (const one of before) {
      const other = former.get(one);
      if (other !== undefined && other !== folder) throw fail(name, `"${one}" already leads to ${other}`);
      if (one !== folder) former.set(one, folder);
    }
  }
  return { folders, former };
}

function fail(name: string, message: string): CodegenError {
  return new CodegenError(`the alias of ${name} ${message}`);
}

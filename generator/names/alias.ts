import { CodegenError } from '../errors.js';
import { folderFault } from './path.js';

/**
 * The user's folders of packages: by name of the FHIR package, its folder, or a list of its folder and its former
 * folders.
 */
export type Aliases = Readonly<Record<string, string | readonly string[]>>;

/** The current and former folders of packages in the output. */
export interface Folders {
  /** By name of the FHIR package; the folder of any other package has the package's name. */
  readonly folders: ReadonlyMap<string, string>;
  /** The current folder by former folder, for import paths of older programs. */
  readonly former: ReadonlyMap<string, string>;
}

/**
 * Reads the aliases of packages.
 *
 * @param aliases the aliases of the configuration
 * @throws CodegenError when a folder name is not valid, or a former folder is mapped to two folders
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

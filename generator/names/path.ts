import { packageName } from '../fhir/package-id.js';
import { kebabCase } from './identifier.js';

/**
 * The folder of a package: the user's folder, or the name of the package; package names are `a.b.c`, so dots stay.
 *
 * @param packageId `name#version`
 * @param given the user's folders, by name of the package
 */
export function folderOf(packageId: string, given: ReadonlyMap<string, string> = new Map()): string {
  const name = packageName(packageId);
  const own = given.get(name);
  if (own !== undefined) return own;
  const folder = dotted(name);
  return RESERVED.has(folder) ? `package-${folder}` : folder;
}

/**
 * The default npm name of the models of a package: its folder, with dashes.
 *
 * @param name of the FHIR package
 * @param given the user's folders, by name of the package
 */
export function npmNameOf(name: string, given: ReadonlyMap<string, string>): string {
  return (given.get(name) ?? dotted(name)).replaceAll('.', '-');
}

/** Folders of the output that belong to no package: the runtime, the build output, the packages installed by npm. */
const RESERVED: ReadonlySet<string> = new Set(['', 'runtime', 'dist', 'node_modules']);

function dotted(name: string): string {
  return name.split('.').map(kebabCase).join('.');
}

/**
 * Checks the user's folder for a package.
 *
 * @param folder any text
 * @returns the end of a sentence that starts with the folder; `undefined` when the folder is valid
 */
export function folderFault(folder: string): string | undefined {
  if (RESERVED.has(folder)) return 'is a folder name that the output reserves';
  if (dotted(folder) !== folder)
    return 'is not a valid folder name: use lower-case letters, digits, and - and . between them';
  return undefined;
}

/**
 * The previous path of a module, if it is still valid in the same folder: a ledger must not point outside the output.
 *
 * @param kept from the ledger, which may have been edited
 * @param wanted the path that the module would have otherwise
 */
export function keptPath(kept: string | undefined, wanted: string): string {
  const folder = wanted.slice(0, wanted.lastIndexOf('/') + 1);
  if (kept?.startsWith(folder) !== true) return wanted;
  // The suffix after a collision, see `scope`.
  const stem = kept.slice(folder.length).replace(/(?:_[0-9a-f]{6})+$/, '');
  return kebabCase(stem) === stem ? kept : wanted;
}

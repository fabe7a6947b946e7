import { kebabCase } from './identifier.js';

/**
 * The folder of what a package defines: package names are `a.b.c`, so dots stay.
 *
 * @param packageId `name#version`
 */
export function folderOf(packageId: string): string {
  const name = packageId.slice(0, packageId.lastIndexOf('#') === -1 ? undefined : packageId.lastIndexOf('#'));
  const parts = name.split('.').map(kebabCase);
  const folder = parts.join('.');
  return folder === 'runtime' || folder === '' ? `package-${folder}` : folder;
}

/**
 * The path that a module was given before, when it is one in the same folder that could be given today: a ledger cannot
 * lead out of the output.
 *
 * @param kept what the ledger says, which anybody may have edited
 * @param wanted the path that the module would have otherwise
 */
export function keptPath(kept: string | undefined, wanted: string): string {
  const folder = wanted.slice(0, wanted.lastIndexOf('/') + 1);
  if (kept?.startsWith(folder) !== true) return wanted;
  // What a clash appended, see `scope`.
  const stem = kept.slice(folder.length).replace(/(?:_[0-9a-f]{6})+$/, '');
  return kebabCase(stem) === stem ? kept : wanted;
}

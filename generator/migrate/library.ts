import { posix } from 'node:path';

/** How programs import the models: by the name of their package, or by paths to the output folder. */
export interface Library {
  /** npm name that programs import at present. */
  readonly oldName: string;
  /** npm name of the new version. */
  readonly newName: string;
  /** Output folder of both versions, absolute, with `/`. */
  readonly folder: string;
}

/** The module that re-exports all others. */
export const INDEX = 'index';

/**
 * The module that an import refers to.
 *
 * @param specifier of the import
 * @param path of the program's file, absolute, with `/`
 * @param library see {@link Library}
 * @returns path in the output, without extension; `undefined` for an import of anything else
 */
export function moduleOf(specifier: string, path: string, { oldName, folder }: Library): string | undefined {
  if (specifier === oldName) return INDEX;
  if (specifier.startsWith(`${oldName}/`)) return withoutExtension(specifier.slice(oldName.length + 1));
  if (!/^\.\.?(?:\/|$)/.test(specifier)) return undefined;
  const within = posix.relative(folder, posix.resolve(posix.dirname(path), specifier));
  if (within === '') return INDEX;
  return within.startsWith('..') ? undefined : withoutExtension(within);
}

/**
 * The specifier of an import that refers to another module, in the style of the current one.
 *
 * @param specifier the current specifier
 * @param moved whether the path of the module changes
 * @param module path in the output, without extension
 * @param path of the program's file, absolute, with `/`
 * @param library see {@link Library}
 */
export function specifierOf(specifier: string, moved: boolean, module: string, path: string, library: Library): string {
  const { oldName, newName, folder } = library;
  const extension = EXTENSION.exec(specifier)?.[0] ?? '';
  if (specifier === oldName || specifier.startsWith(`${oldName}/`)) {
    if (!moved) return newName + specifier.slice(oldName.length);
    return module === INDEX ? newName : `${newName}/${module}${extension}`;
  }
  if (!moved) return specifier;
  const relative = posix.relative(posix.dirname(path), posix.join(folder, `${module}${extension}`));
  return relative.startsWith('.') ? relative : `./${relative}`;
}

const EXTENSION = /\.(?:js|ts)$/;

function withoutExtension(path: string): string {
  return path.replace(EXTENSION, '');
}

import { Project, ts } from 'ts-morph';
import type { ExportPlace } from '../diff/exports.js';
import { edited } from './edit.js';
import { INDEX, type Library, moduleOf, specifierOf } from './library.js';
import { FileEdits } from './file-edits.js';
import type { Renames } from './renames.js';
import type { Left, Target } from './target.js';

/** A file of a program after its migration. */
export interface Migrated {
  readonly text: string;
  /** What has to be changed by hand, in the order of the lines. */
  readonly left: readonly Left[];
}

/**
 * Migrates a file of a program to the new names and import paths. Names that the program defines itself (`import { A as
 * B }`, its exports) stay; uses of removed exports stay too, so that the compiler reports them.
 *
 * @param path of the file, absolute, with `/`
 * @param text TypeScript or JavaScript
 * @param renames see {@link Renames}
 * @param library how programs import the models
 */
export function migrated(path: string, text: string, renames: Renames, library: Library): Migrated {
  // The compiler counts positions without the byte order mark.
  if (text.startsWith(BYTE_ORDER_MARK)) {
    const result = migrated(path, text.slice(BYTE_ORDER_MARK.length), renames, library);
    return { ...result, text: BYTE_ORDER_MARK + result.text };
  }
  // A file that neither names the package nor has relative imports cannot import the models.
  if (!text.includes(library.oldName) && !/['"]\.\.?[/'"]/.test(text)) return { text, left: [] };
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { noLib: true, noResolve: true, allowJs: true, jsx: ts.JsxEmit.Preserve, types: [] },
  });
  const file = project.createSourceFile(path, text).compilerNode;
  const checker = project.getTypeChecker().compilerObject;
  const edits = new FileEdits(file, checker, renames);
  const target = (specifier: string): Target | undefined => {
    const module = moduleOf(specifier, path, library);
    if (module === undefined) return undefined;
    const find = (name: string): ExportPlace | undefined | 'unknown' => {
      const names = module === INDEX ? renames.listed : renames.exports.get(module);
      return names?.has(name) === true ? names.get(name) : 'unknown';
    };
    const moved = renames.modules.get(module);
    return {
      find,
      specifier: specifierOf(specifier, moved !== undefined, moved ?? module, path, library),
      // What the index exports stays in the index.
      specifierFor: (place) =>
        module === INDEX
          ? specifierOf(specifier, false, INDEX, path, library)
          : specifierOf(specifier, place.file !== module, place.file, path, library),
    };
  };
  edits.visit(target);
  return { text: edited(text, edits.edits), left: edits.left };
}

const BYTE_ORDER_MARK = '\uFEFF';

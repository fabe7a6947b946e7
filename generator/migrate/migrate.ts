import { Project, ts } from 'ts-morph';
import type { ExportPlace } from '../diff/exports.js';
import { edited } from './edit.js';
import { INDEX, type Library, moduleOf, specifierOf } from './library.js';
import { FileEdits } from './file-edits.js';
import type { Renames } from './renames.js';
import type { Left, Target } from './target.js';

/** What became of a file of a program. */
export interface Migrated {
  readonly text: string;
  /** What is left to people, in the order of the lines. */
  readonly left: readonly Left[];
}

/**
 * Brings a file of a program to the new names and import paths. Names that a program gives itself (`import { A as B }`,
 * what it exports) stay; what has nothing in its place is left as it is, so that the compiler shows it.
 *
 * @param path of the file, absolute, with `/`
 * @param text TypeScript or JavaScript
 * @param renames what is called otherwise
 * @param library how programs import the models
 */
export function migrated(path: string, text: string, renames: Renames, library: Library): Migrated {
  // The compiler counts positions without the mark.
  if (text.startsWith(BYTE_ORDER_MARK)) {
    const result = migrated(path, text.slice(BYTE_ORDER_MARK.length), renames, library);
    return { ...result, text: BYTE_ORDER_MARK + result.text };
  }
  // A file that does not name the package cannot import it; relative imports need a look.
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
      // All that the index has stays in the index.
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

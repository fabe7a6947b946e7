import { dirname } from 'node:path';
import ts from 'typescript';

/** What programs with the same options share. */
interface Shared {
  readonly host: ts.CompilerHost;
  /** Files that were parsed, by path, and their text where they are not on the disk. */
  readonly parsed: Map<string, { readonly text: string | undefined; readonly file: ts.SourceFile | undefined }>;
}

/** By the options. To parse and bind FHIR's types and the generated package takes far longer than to check a text. */
const shared = new Map<string, Shared>();

/**
 * The program of texts that are no files; they may import files, and one another. What is on the disk is read once in a
 * process: it must not change between two programs.
 *
 * @param texts TypeScript, by the paths that they would have
 * @param options of the compiler
 * @param roots paths of the texts that are compiled whether something imports them or not; all if left out
 */
export function programOfTexts(
  texts: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
  roots: readonly string[] = [...texts.keys()],
): ts.Program {
  const { host, parsed } = sharedBy(options);
  const folders = new Set([...texts.keys()].flatMap(foldersAbove));
  return ts.createProgram(roots, options, {
    ...host,
    getSourceFile: (path, language) => {
      const text = texts.get(path);
      const known = parsed.get(path);
      if (known !== undefined && known.text === text) return known.file;
      const file = text === undefined ? host.getSourceFile(path, language) : ts.createSourceFile(path, text, language);
      parsed.set(path, { text, file });
      return file;
    },
    fileExists: (path) => texts.has(path) || host.fileExists(path),
    readFile: (path) => texts.get(path) ?? host.readFile(path),
    directoryExists: (folder) => folders.has(folder) || ts.sys.directoryExists(folder),
  });
}

function sharedBy(options: ts.CompilerOptions): Shared {
  const key = JSON.stringify(options);
  const known = shared.get(key) ?? { host: ts.createCompilerHost(options), parsed: new Map() };
  shared.set(key, known);
  return known;
}

function foldersAbove(path: string): string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersAbove(folder)];
}

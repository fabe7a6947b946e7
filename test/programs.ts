import { dirname } from 'node:path';
import ts from 'typescript';

/** The shared parts of programs with the same options. */
interface Shared {
  readonly host: ts.CompilerHost;
  /** Parsed files by path, and their text unless they are on disk. */
  readonly parsed: Map<string, { readonly text: string | undefined; readonly file: ts.SourceFile | undefined }>;
}

/** By options. Parsing and binding FHIR's types and the generated package takes far longer than checking a text. */
const shared = new Map<string, Shared>();

/**
 * A program of texts that are not on disk; they may import files and each other. Files on disk are read once per
 * process, so they must not change between two programs.
 *
 * @param texts TypeScript, by their virtual paths
 * @param options of the compiler
 * @param roots paths of the texts that are compiled even if nothing imports them; all by default
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

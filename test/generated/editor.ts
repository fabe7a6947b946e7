import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { OPTIONS, ROOT } from './compile.js';

/** What an editor shows at a place of a text. */
export interface Editor {
  /** Names offered there, in the order in which they are shown. */
  completions(): string[];
  /** What is shown on hover: the type, and the documentation. */
  hover(): { readonly type: string; readonly documentation: string };
  /** Where "go to definition" leads: file from the project's root, and the text of the line. */
  definition(): { readonly file: string; readonly line: string };
}

const name = `${ROOT}test/generated/edited.ts`;
let content = '';
let version = 0;
const read = (file: string): string | undefined => (file === name ? content : ts.sys.readFile(file));

/** One service for all texts: it reads the package once, as an editor does. */
const service = ts.createLanguageService({
  getCompilationSettings: () => OPTIONS,
  getScriptFileNames: () => [name],
  getScriptVersion: (file) => (file === name ? String(version) : '1'),
  getScriptSnapshot: (file) => {
    const found = read(file);
    return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
  },
  getCurrentDirectory: () => ROOT,
  getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
  fileExists: (file) => file === name || ts.sys.fileExists(file),
  readFile: read,
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
  ...(ts.sys.realpath === undefined ? {} : { realpath: ts.sys.realpath }),
});

/**
 * An editor with the cursor in a text.
 *
 * @param text TypeScript in which `¦` stands for the cursor
 */
export function editorAt(text: string): Editor {
  const position = text.indexOf('¦');
  content = text.replace('¦', '');
  version += 1;
  return {
    completions: () =>
      (service.getCompletionsAtPosition(name, position, {})?.entries ?? [])
        .map((entry) => ({ key: `${entry.sortText} ${entry.name}`, name: entry.name.replace(/^["']|["']$/g, '') }))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map((entry) => entry.name),
    hover: () => {
      const info = service.getQuickInfoAtPosition(name, position);
      return {
        type: ts.displayPartsToString(info?.displayParts),
        documentation: ts.displayPartsToString(info?.documentation),
      };
    },
    definition: () => {
      const [found] = service.getDefinitionAtPosition(name, position) ?? [];
      if (found === undefined) return { file: '', line: '' };
      const source = readFileSync(found.fileName, 'utf8');
      const start = source.lastIndexOf('\n', found.textSpan.start) + 1;
      const line = source.slice(start, source.indexOf('\n', start)).trim();
      return { file: found.fileName.slice(ROOT.length), line };
    },
  };
}

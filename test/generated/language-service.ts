import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { OPTIONS, ROOT } from './compile.js';
import { type Backend, cursorIn, type Editor, shown } from './editor.js';

const name = `${ROOT}test/generated/edited.ts`;

/**
 * The language service of TypeScript 5.9, which most editors use. One instance for all texts, which reads the package
 * once.
 */
export function languageService(): Backend {
  let content = '';
  let version = 0;
  const read = (file: string): string | undefined => (file === name ? content : ts.sys.readFile(file));
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
  return {
    editorAt: (marked) => {
      const { text, position } = cursorIn(marked);
      content = text;
      version += 1;
      return editorOf(service, position);
    },
    close: () => {
      service.dispose();
      return Promise.resolve();
    },
  };
}

function editorOf(service: ts.LanguageService, position: number): Editor {
  return {
    completions: () => Promise.resolve(shown(service.getCompletionsAtPosition(name, position, {})?.entries ?? [])),
    hover: () => {
      const info = service.getQuickInfoAtPosition(name, position);
      return Promise.resolve({
        type: ts.displayPartsToString(info?.displayParts),
        documentation: ts.displayPartsToString(info?.documentation),
      });
    },
    definition: () => {
      const [found] = service.getDefinitionAtPosition(name, position) ?? [];
      if (found === undefined) return Promise.resolve({ file: '', line: '' });
      const source = readFileSync(found.fileName, 'utf8');
      const start = source.lastIndexOf('\n', found.textSpan.start) + 1;
      const line = source.slice(start, source.indexOf('\n', start)).trim();
      return Promise.resolve({ file: found.fileName.slice(ROOT.length), line });
    },
  };
}

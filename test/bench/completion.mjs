// Asks the language service for completions once, as an editor does that has just started:
// node completion.mjs <typescript> <project> <file> <offset>
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';

const [compiler, folder, name, offset] = process.argv.slice(2);
const ts = createRequire(import.meta.url)(compiler);
const file = join(folder, name);
const options = { strict: true, module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, types: [] };
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getCurrentDirectory: () => folder,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  getScriptFileNames: () => [file],
  getScriptVersion: () => '1',
  getScriptSnapshot: (path) =>
    ts.sys.fileExists(path) ? ts.ScriptSnapshot.fromString(readFileSync(path, 'utf8')) : undefined,
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
  realpath: ts.sys.realpath,
});
const names = (service.getCompletionsAtPosition(file, Number(offset), {})?.entries ?? []).map((entry) => entry.name);
if (!names.includes('modality')) throw new Error(`no completions for a study: ${names.slice(0, 9).join(', ')}`);

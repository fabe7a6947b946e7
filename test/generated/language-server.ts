import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SOURCE_PATHS, STRICTEST } from '../compilers.js';
import { ROOT } from './compile.js';
import { type Backend, cursorIn, type Editor, shown } from './editor.js';
import { connect, type Connection } from './json-rpc.js';

/** The used parts of the Language Server Protocol 3.17. */
interface Item {
  readonly label: string;
  readonly insertText?: string;
  readonly sortText?: string;
}
interface Location {
  readonly uri: string;
  readonly range: { readonly start: { readonly line: number } };
}
interface Hover {
  readonly contents: { readonly value: string };
}

/** The same for a text in this project, next to the sources of the generated package. */
export async function languageServerHere(): Promise<Backend> {
  const folder = mkdtempSync(join(ROOT, 'test/generated/tmp-'));
  const backend = await languageServer({ folder, root: ROOT, options: { paths: SOURCE_PATHS } });
  return {
    ...backend,
    close: async () => {
      await backend.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The project of the edited text. */
export interface Place {
  readonly folder: string;
  /** The root for paths of definitions, with a trailing slash. */
  readonly root: string;
  /** Options that override the strictest ones. */
  readonly options: object;
}

/**
 * The language server of TypeScript 7, which speaks the Language Server Protocol.
 *
 * @param place the project of the text
 */
export async function languageServer({ folder, root, options }: Place): Promise<Backend> {
  const compilerOptions = { ...STRICTEST, ...options };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['edited.ts'] }));
  const path = join(folder, 'edited.ts');
  writeFileSync(path, 'export {};\n');
  const uri = pathToFileURL(path).href;

  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript-7/package.json')), 'bin', 'tsc');
  const server = connect(tsc, ['--lsp', '--stdio']);
  await server.ask('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: { textDocument: { completion: {}, hover: { contentFormat: ['markdown'] } } },
  });
  server.tell('initialized', {});
  let version = 0;
  server.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version, text: '' } });
  return {
    editorAt: (marked) => {
      const { text, position } = cursorIn(marked);
      version += 1;
      server.tell('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
      const before = text.slice(0, position).split('\n');
      const at = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      return editorOf(server, root, { textDocument: { uri }, position: at });
    },
    close: () => server.close(),
  };
}

function editorOf(server: Connection, root: string, place: object): Editor {
  return {
    completions: async () => {
      const given = (await server.ask('textDocument/completion', place)) as { items: Item[] } | Item[] | null;
      const items = Array.isArray(given) ? given : (given?.items ?? []);
      return shown(
        items.map(({ label, insertText, sortText }) => ({ name: insertText ?? label, sortText: sortText ?? '' })),
      );
    },
    hover: async () => {
      const given = (await server.ask('textDocument/hover', place)) as Hover | null;
      const [, type = '', documentation = ''] =
        /^```\w+\n([^]*?)\n```\n?([^]*)$/.exec(given?.contents.value ?? '') ?? [];
      return { type, documentation };
    },
    definition: async () => {
      const given = (await server.ask('textDocument/definition', place)) as Location[] | Location | null;
      const found = Array.isArray(given) ? given[0] : (given ?? undefined);
      if (found === undefined) return { file: '', line: '' };
      const file = fileURLToPath(found.uri);
      const line = readFileSync(file, 'utf8').split('\n')[found.range.start.line]?.trim() ?? '';
      return { file: file.slice(root.length), line };
    },
  };
}

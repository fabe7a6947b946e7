import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compile, diagnosticsOf, NEWEST } from '../compilers.js';
import type { ManifestProfile } from '../../generator/render/manifest.js';
import type { Workspace } from './workspace.js';
import type { Json } from '../../generator/fhir/json.js';

/** Literals that are assigned to the interface of one profile. */
export interface Literals {
  readonly profile: ManifestProfile;
  readonly values: readonly Json[];
}

/**
 * Compiles literals, each as `const v: T = {…}`.
 *
 * @param workspace with the generated package
 * @param literals by profile
 * @returns for each of them, the compiler's messages by index of the value; those without any are accepted
 */
export function compileLiterals(workspace: Workspace, literals: readonly Literals[]): Promise<readonly Messages[]> {
  return compileLines(
    workspace,
    literals.map(({ profile, values }) => ({
      head: `import type { ${profile.exports.interface} as T } from './generated/${profile.module.slice(2)}';`,
      lines: values.map((value, index) => `export const v${index}: T = ${JSON.stringify(value)};`),
    })),
  );
}

/** Statements of one line each, below a line of imports. */
export interface Lines {
  readonly head: string;
  readonly lines: readonly string[];
}

/** Messages of the compiler by the index of the line; lines without errors are absent. */
export type Messages = ReadonlyMap<number, string>;

/** `COMPILER=typescript` selects another one. */
const COMPILER = process.env['COMPILER'] ?? NEWEST;

/** A checker keeps the type of every literal: a single program for all would need too much memory. */
const CHUNK_CHARACTERS = 16_000_000;

/**
 * Compiles statements.
 *
 * @param workspace with the generated package
 * @param files statements, with the imports that they need
 * @returns for each of the files, the compiler's messages by index of the line
 * @throws if the generated package, or an import, has an error
 */
export async function compileLines(workspace: Workspace, files: readonly Lines[]): Promise<readonly Messages[]> {
  const messages = files.map(() => new Map<number, string>());
  for (const chunk of chunksOf(files)) {
    const paths = chunk.map(({ head, lines, at, from }) => {
      const path = join(workspace.folder, `lines-${at}-${from}.ts`);
      writeFileSync(path, `${head}\n${lines.join('\n')}\n`);
      return path;
    });
    const printed = await compile(COMPILER, workspace.folder, { name: 'lines', files: paths });
    for (const path of paths) rmSync(path);
    for (const { file, line, message } of diagnosticsOf(printed)) {
      const [, at, from] = /^lines-(\d+)-(\d+)\.ts$/.exec(basename(file)) ?? [];
      // The first line has the imports: an error there, or in another file, is an error of the package.
      if (at === undefined || line === 1) throw new Error(`${file}: ${message}`);
      const own = messages[Number(at)];
      const index = Number(from) + line - 2;
      if (own?.has(index) === false) own.set(index, message);
    }
  }
  return messages;
}

/** Some of the lines of a file. */
interface Part extends Lines {
  /** Which file. */
  readonly at: number;
  /** Index of the first line. */
  readonly from: number;
}

function* chunksOf(files: readonly Lines[]): Generator<readonly Part[]> {
  let chunk: Part[] = [];
  let size = 0;
  for (const [at, { head, lines }] of files.entries()) {
    let from = 0;
    for (let index = 0; index < lines.length; index++) {
      size += lines[index]?.length ?? 0;
      if (size < CHUNK_CHARACTERS && index + 1 < lines.length) continue;
      chunk.push({ head, lines: lines.slice(from, index + 1), at, from });
      from = index + 1;
      if (size < CHUNK_CHARACTERS) continue;
      yield chunk;
      chunk = [];
      size = 0;
    }
  }
  if (chunk.length > 0) yield chunk;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { ManifestProfile } from '../../generator/render/manifest.js';
import type { Workspace } from './workspace.js';
import type { Json } from '../../generator/fhir/json.js';

/** Literals that are assigned to the interface of one profile. */
export interface Literals {
  readonly profile: ManifestProfile;
  readonly values: readonly Json[];
}

/** The options under which generated sources must compile (DESIGN, "Contract"). */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  types: [],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
};

/**
 * Compiles literals, each as `const v: T = {…}`, in one program.
 *
 * @param workspace with the generated package
 * @param literals by profile
 * @returns for each of them, the compiler's messages by index of the value; those without any are accepted
 */
export function compileLiterals(
  workspace: Workspace,
  literals: readonly Literals[],
): readonly ReadonlyMap<number, string>[] {
  return compileLines(
    workspace,
    literals.map(({ profile, values }) => ({
      head: `import type { ${profile.exports.interface} as T } from './generated/${profile.module.slice(2)}';`,
      lines: values.map((value, index) => `export const v${index}: T = ${JSON.stringify(value)};`),
    })),
  );
}

/** Statements of one line each, after a line of imports. */
export interface Lines {
  readonly head: string;
  readonly lines: readonly string[];
}

/**
 * Compiles statements in one program.
 *
 * @param workspace with the generated package
 * @param literals files
 * @param visit receives the value of each statement
 * @returns for each of them, the compiler's messages by index of the line
 */
export function compileLines(
  workspace: Workspace,
  literals: readonly Lines[],
  visit?: LineVisitor,
): readonly ReadonlyMap<number, string>[] {
  const host = hostOf(workspace);
  const messages = literals.map(() => new Map<number, string>());
  for (const chunk of chunksOf(literals)) {
    const files = chunk.map((part, index) => {
      const path = join(workspace.folder, `literals-${part.at}-${part.from}-${index}.ts`);
      writeFileSync(path, `${part.head}\n${part.lines.join('\n')}\n`);
      return { part, path };
    });
    const paths = files.map((file) => file.path);
    const program = ts.createProgram(paths, OPTIONS, host);
    for (const { part, path } of files) {
      for (const [index, message] of messagesOf(program, path)) messages[part.at]?.set(part.from + index, message);
      if (visit !== undefined) showLines(program, path, part, visit);
    }
  }
  return messages;
}

/** Receives the expression that a statement assigns, with the type checker. */
export type LineVisitor = (at: number, index: number, value: ts.Expression, checker: ts.TypeChecker) => void;

/** Some lines of a file. */
interface Part extends Lines {
  /** The index of the profile. */
  readonly at: number;
  /** Index of the first line. */
  readonly from: number;
}

function showLines(program: ts.Program, path: string, { at, from }: Part, visit: LineVisitor): void {
  const source = program.getSourceFile(path);
  if (source === undefined) return;
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const value = statement.declarationList.declarations[0]?.initializer;
    const line = source.getLineAndCharacterOfPosition(statement.getStart(source)).line;
    if (value !== undefined) visit(at, from + line - 1, value, program.getTypeChecker());
  }
}

/** A checker keeps the type of every literal: a single program for all would need too much memory. */
const CHUNK_CHARACTERS = 4_000_000;

function* chunksOf(literals: readonly Lines[]): Generator<readonly Part[]> {
  let chunk: Part[] = [];
  let size = 0;
  for (const [at, { head, lines }] of literals.entries()) {
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
  yield chunk;
}

const hosts = new WeakMap<Workspace, ts.CompilerHost>();

/** Reads and parses the files of the package once for all programs. */
function hostOf(workspace: Workspace): ts.CompilerHost {
  const made = hosts.get(workspace);
  if (made !== undefined) return made;
  const host = ts.createCompilerHost(OPTIONS);
  const known = new Map<string, ts.SourceFile | undefined>();
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) => {
    if (/[/\\]literals-[\d-]+\.ts$/.test(path)) return read(path, ...rest);
    if (!known.has(path)) known.set(path, read(path, ...rest));
    return known.get(path);
  };
  hosts.set(workspace, host);
  return host;
}

function messagesOf(program: ts.Program, path: string): Map<number, string> {
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error(`${path} is not in the program`);
  const messages = new Map<number, string>();
  for (const diagnostic of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
    const line = source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line;
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
    // The first line is the import: an error there is one of the package and counts for every literal.
    if (line === 0) throw new Error(`${path}: ${text}`);
    if (!messages.has(line - 1)) messages.set(line - 1, text);
  }
  return messages;
}

/**
 * The compiler errors of the generated package itself.
 *
 * @param workspace with the package
 */
export function compilePackage(workspace: Workspace): string[] {
  const program = ts.createProgram([join(workspace.generated, 'index.ts')], OPTIONS);
  return program.getSemanticDiagnostics().map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
    return `${diagnostic.file?.fileName ?? ''}: ${text}`;
  });
}

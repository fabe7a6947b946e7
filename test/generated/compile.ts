import ts from 'typescript';
import { fileURLToPath } from 'node:url';
import { SOURCE_PATHS } from '../compilers.js';
import { programOfTexts } from '../programs.js';

/** The project's root. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The strictest options that users may have (DESIGN, "Contract"). */
export const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  paths: SOURCE_PATHS,
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
};

/** A diagnostic: its position, and its message including the reasons. */
export interface Diagnosed {
  /** From 0. */
  readonly line: number;
  readonly message: string;
  /** What editors underline. */
  readonly marked: string;
}

/**
 * Compiles a text as a file in `test/`, against the sources of the generated package.
 *
 * @param text TypeScript
 * @param more options, that override the strictest
 * @returns its diagnostics
 */
export function diagnose(text: string, more: ts.CompilerOptions = {}): Diagnosed[] {
  const name = `${ROOT}test/generated/virtual.ts`;
  const { program, source } = programOf(name, text, { ...OPTIONS, ...more });
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => ({
    line: source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line,
    message: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
    marked: text.slice(diagnostic.start ?? 0, (diagnostic.start ?? 0) + (diagnostic.length ?? 0)),
  }));
}

/** A program of one text, and its source file. */
export interface Compiled {
  readonly program: ts.Program;
  readonly source: ts.SourceFile;
}

/**
 * The program of a text that is not on disk.
 *
 * @param name its virtual path
 * @param text TypeScript
 * @param options of the compiler
 */
export function programOf(name: string, text: string, options: ts.CompilerOptions): Compiled {
  const program = programOfTexts(new Map([[name, text]]), options);
  const source = program.getSourceFile(name);
  if (source === undefined) throw new Error('the text was not compiled');
  return { program, source };
}

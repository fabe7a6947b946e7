import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { baseTypesOf, type BaseTypesName } from '../generator/render/base-types.js';
import type { GeneratedFile } from '../generator/render/file.js';
import { OPTIONS } from '../generator/verify/project.js';
import type { Finding } from '../generator/verify/verify.js';
import { programOfTexts } from './programs.js';

/** The folder of an output, next to its dependencies. */
const OUTPUT = fileURLToPath(new URL('output/', import.meta.url)).replaceAll('\\', '/');

/**
 * Compiles the modules of an output without its runtime, which is always the same and compiled by other tests, under
 * the options of `verify`. All outputs share the parsed files of FHIR's types and of the runtime.
 *
 * @param files of the output
 * @param name of the package of FHIR types that it uses
 */
export function verifyModels(files: readonly GeneratedFile[], name: BaseTypesName = '@types/fhir'): readonly Finding[] {
  const { exactOptionalPropertyTypes } = baseTypesOf(name, '4.0.1');
  const given: object = OPTIONS;
  const texts = new Map(
    files.filter(({ path }) => path.endsWith('.ts')).map(({ path, content }) => [OUTPUT + path, content]),
  );
  const program = programOfTexts(texts, { ...given, exactOptionalPropertyTypes });
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...files.flatMap(({ path }) => {
      const source = program.getSourceFile(OUTPUT + path);
      if (source === undefined || !isCompiled(path)) return [];
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    }),
  ];
  return diagnostics.map(({ file, start, messageText }): Finding => ({
    path: file?.fileName.slice(OUTPUT.length) ?? '',
    line: (file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0) + 1,
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
  }));
}

function isCompiled(path: string): boolean {
  return !path.startsWith('runtime/') || path === 'runtime/invariant-texts.ts';
}

import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { baseTypesOf, type BaseTypesName } from '../generator/render/base-types.js';
import type { GeneratedFile } from '../generator/render/file.js';
import { OPTIONS } from '../generator/verify/project.js';
import type { Finding } from '../generator/verify/verify.js';
import { programOfTexts } from './programs.js';

/** Where an output stands: beside the packages that it needs. */
const OUTPUT = fileURLToPath(new URL('output/', import.meta.url)).replaceAll('\\', '/');

/**
 * Compiles what an output says of its package, under the options of `verify`. The runtime is the same in all of them, and
 * compiled by other tests. All outputs share what is parsed of FHIR's types and of the runtime.
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
      if (source === undefined || !isAsked(path)) return [];
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    }),
  ];
  return diagnostics.map(({ file, start, messageText }): Finding => ({
    path: file?.fileName.slice(OUTPUT.length) ?? '',
    line: (file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0) + 1,
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
  }));
}

function isAsked(path: string): boolean {
  return !path.startsWith('runtime/') || path === 'runtime/invariant-texts.ts';
}

import { ts } from 'ts-morph';
import type { BaseTypesName } from '../render/base-types.js';
import type { GeneratedFile } from '../render/file.js';
import { projectOf, ROOT } from './project.js';

/** An error that the compiler reports in the output. */
export interface Finding {
  /** Path of the file, from the output folder. */
  readonly path: string;
  /** The number of the line, from 1. */
  readonly line: number;
  readonly message: string;
}

/**
 * Compiles the output in memory, so that users never receive a package that does not compile.
 *
 * @param files of the output
 * @param name of the package of FHIR types that it uses, which must be installed
 * @param isAsked which files to check; the compiler reads the others as far as these need them
 * @returns the errors in the order of the files; empty when the output compiles
 */
export async function verify(
  files: readonly GeneratedFile[],
  name: BaseTypesName = '@types/fhir',
  isAsked: (path: string) => boolean = () => true,
): Promise<readonly Finding[]> {
  const project = await projectOf(files, name);
  const program = project.getProgram();
  const asked = project
    .getSourceFiles()
    .filter((file) => !file.isInNodeModules() && isAsked(file.getFilePath().slice(`${ROOT}/`.length)));
  const diagnostics = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...asked.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ];
  return diagnostics.map((diagnostic): Finding => ({
    path: diagnostic.getSourceFile()?.getFilePath().slice(`${ROOT}/`.length) ?? '',
    line: diagnostic.getLineNumber() ?? 1,
    message: ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, ' '),
  }));
}

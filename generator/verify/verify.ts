import { ts } from 'ts-morph';
import type { BaseTypesName } from '../render/base-types.js';
import type { GeneratedFile } from '../render/file.js';
import { projectOf, ROOT } from './project.js';

/** Something that a compiler finds in the output. */
export interface Finding {
  /** Path of the file, from the output folder. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/**
 * Compiles the output, in memory: a package that compiles is what users get.
 *
 * @param files of the output
 * @param name of the package of FHIR types that it uses, which must be installed
 * @returns what the compiler finds, in the order of the files; nothing when all is well
 */
export async function verify(
  files: readonly GeneratedFile[],
  name: BaseTypesName = '@types/fhir',
): Promise<readonly Finding[]> {
  const project = await projectOf(files, name);
  return project.getPreEmitDiagnostics().map((diagnostic): Finding => ({
    path: diagnostic.getSourceFile()?.getFilePath().slice(`${ROOT}/`.length) ?? '',
    line: diagnostic.getLineNumber() ?? 1,
    message: ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, ' '),
  }));
}

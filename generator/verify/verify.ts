import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { ModuleKind, ModuleResolutionKind, Project, ScriptTarget, ts } from 'ts-morph';
import type { GeneratedFile } from '../render/file.js';

/** Something that a compiler finds in the output. */
export interface Finding {
  /** Path of the file, from the output folder. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** The strictest options that users of the output may have. */
const OPTIONS: ts.CompilerOptions = {
  target: ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  types: [],
  module: ModuleKind.NodeNext,
  moduleResolution: ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noImplicitOverride: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
};

/** Where the output stands while it is compiled, in memory. */
const ROOT = '/output';

/**
 * Compiles the output, in memory: a package that compiles is what users get.
 *
 * @param files of the output
 * @returns what the compiler finds, in the order of the files; nothing when all is well
 */
export async function verify(files: readonly GeneratedFile[]): Promise<readonly Finding[]> {
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: OPTIONS });
  const disk = project.getFileSystem();
  disk.writeFileSync(`${ROOT}/node_modules/@types/fhir/package.json`, '{ "name": "@types/fhir" }');
  disk.writeFileSync(`${ROOT}/node_modules/@types/fhir/r4.d.ts`, await fhirTypes());
  for (const file of files) {
    if (file.path === 'package.json') disk.writeFileSync(`${ROOT}/${file.path}`, file.content);
    else if (file.path.endsWith('.ts')) project.createSourceFile(`${ROOT}/${file.path}`, file.content);
  }
  return project.getPreEmitDiagnostics().map((diagnostic): Finding => ({
    path: diagnostic.getSourceFile()?.getFilePath().slice(`${ROOT}/`.length) ?? '',
    line: diagnostic.getLineNumber() ?? 1,
    message: ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, ' '),
  }));
}

/** The types of FHIR R4 that the output stands on. */
async function fhirTypes(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve('@types/fhir/r4.d.ts'), 'utf8');
}

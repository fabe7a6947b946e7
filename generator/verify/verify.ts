import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ModuleKind, ModuleResolutionKind, Project, ScriptTarget, ts } from 'ts-morph';
import { baseTypesOf, type BaseTypesName } from '../render/base-types.js';
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
 * @param name of the package of FHIR types that it uses, which must be installed
 * @param isAsked of which files the compiler is asked; it reads the others as far as these need them
 * @returns what the compiler finds, in the order of the files; nothing when all is well
 */
export async function verify(
  files: readonly GeneratedFile[],
  name: BaseTypesName = '@types/fhir',
  isAsked: (path: string) => boolean = () => true,
): Promise<readonly Finding[]> {
  const { exactOptionalPropertyTypes } = baseTypesOf(name, '4.0.1');
  const compilerOptions = { ...OPTIONS, exactOptionalPropertyTypes };
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions });
  const disk = project.getFileSystem();
  for (const [path, text] of await fhirTypes(name, releasesIn(files)))
    disk.writeFileSync(`${ROOT}/node_modules/${name}/${path}`, text);
  for (const file of files) {
    if (file.path === 'package.json') disk.writeFileSync(`${ROOT}/${file.path}`, file.content);
    else if (file.path.endsWith('.ts')) project.createSourceFile(`${ROOT}/${file.path}`, file.content);
  }
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

/** The releases of FHIR whose types some file imports: reading and parsing those of the others takes seconds. */
function releasesIn(files: readonly GeneratedFile[]): readonly string[] {
  const imported = files.flatMap(({ content }) => [...content.matchAll(/ from 'fhir\/(r\w+)\.js'/g)]);
  return [...new Set(imported.flatMap(([, release]) => release ?? []))];
}

/** the types of FHIR that the output uses: files of the package, and their texts. */
async function fhirTypes(
  name: BaseTypesName,
  releases: readonly string[],
): Promise<readonly (readonly [path: string, text: string])[]> {
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  const folder = dirname(manifest);
  const inner =
    name === '@types/fhir'
      ? releases.map((release) => `${release}.d.ts`)
      : (await readdir(join(folder, 'dist'))).map((file) => `dist/${file}`);
  const paths = ['package.json', ...inner.filter((path) => path.endsWith('.d.ts'))];
  return Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const));
}

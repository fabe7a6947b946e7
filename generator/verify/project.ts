import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ModuleKind, ModuleResolutionKind, Project, ScriptTarget, type ts } from 'ts-morph';
import { baseTypesOf, type BaseTypesName } from '../render/base-types.js';
import type { GeneratedFile } from '../render/file.js';

/** The strictest options that users of the output may have. */
export const OPTIONS: ts.CompilerOptions = {
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

/** Folder of the output while it is compiled in memory. */
export const ROOT = '/output';

/**
 * A compiler project in memory with generated files and the FHIR types that they use.
 *
 * @param files TypeScript and `package.json`
 * @param name of the package of FHIR types, which must be installed
 */
export async function projectOf(
  files: readonly GeneratedFile[],
  name: BaseTypesName = '@types/fhir',
): Promise<Project> {
  const project = await emptyProject(files, name);
  for (const { path } of files.filter((file) => file.path.endsWith('.ts'))) {
    project.addSourceFileAtPath(`${ROOT}/${path}`);
  }
  return project;
}

/**
 * A project in which files can be imported: the compiler reads those that it needs.
 *
 * @param files TypeScript and `package.json`
 * @param name of the package of FHIR types, which must be installed
 */
export async function emptyProject(
  files: readonly GeneratedFile[],
  name: BaseTypesName = '@types/fhir',
): Promise<Project> {
  const { exactOptionalPropertyTypes } = baseTypesOf(name, '4.0.1');
  const compilerOptions = { ...OPTIONS, exactOptionalPropertyTypes };
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions });
  const disk = project.getFileSystem();
  for (const [path, text] of await fhirTypes(name, releasesIn(files)))
    disk.writeFileSync(`${ROOT}/node_modules/${name}/${path}`, text);
  for (const { path, content } of files) {
    if (path === 'package.json' || path.endsWith('.ts')) disk.writeFileSync(`${ROOT}/${path}`, content);
  }
  return project;
}

/** The releases of FHIR whose types the files import: reading and parsing those of the others would take seconds. */
function releasesIn(files: readonly GeneratedFile[]): readonly string[] {
  const imported = files.flatMap(({ content }) => [...content.matchAll(/ from 'fhir\/(r\w+)\.js'/g)]);
  return [...new Set(imported.flatMap(([, release]) => release ?? []))];
}

/** The declaration files of the FHIR types that the output uses, with their texts. */
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

import type { Declaration } from '../emit/declaration.js';
import type { Module } from '../emit/module.js';
import { print } from '../emit/print/module.js';
import type { Type } from '../emit/type.js';
import type { GeneratedFile } from '../render/file.js';
import { FOLDERS } from './hybrid.js';

/**
 * The files of both sides in one program, with one runtime. They contain only the declarations that matter to types:
 * validator tables and functions add nothing to those.
 *
 * @param old modules of the old side
 * @param next modules of the new side
 * @param runtime of both
 */
export function programFiles(
  old: readonly Module[],
  next: readonly Module[],
  runtime: readonly GeneratedFile[],
): readonly GeneratedFile[] {
  const text = (side: string, module: Module): GeneratedFile => ({
    path: `${side}/${module.file}.ts`,
    content: print({ ...module, declarations: module.declarations.filter(isCompared) }),
  });
  return [
    { path: 'package.json', content: '{ "type": "module" }\n' },
    ...runtime.map(({ path, content }) => ({ path: `${FOLDERS.next}/${path}`, content })),
    ...runtime.map(({ path }) => ({
      path: `${FOLDERS.old}/${path}`,
      content: `export * from '../../${FOLDERS.next}/${path.replace(/\.ts$/, '.js')}';\n`,
    })),
    ...old.map((module) => text(FOLDERS.old, module)),
    ...next.map((module) => text(FOLDERS.next, module)),
  ];
}

/** Constants without a declared type are those that programs use: readers, writers, builders, codes. */
function isCompared(declaration: Declaration): boolean {
  if (declaration.kind === 'function') return false;
  return declaration.kind !== 'constant' || declaration.type === undefined || isValueSet(declaration.type);
}

function isValueSet(type: Type): boolean {
  return type.kind === 'reference' && type.name === 'ValueSet';
}

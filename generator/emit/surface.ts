import type { Declaration } from './declaration.js';
import type { Module } from './module.js';

/** The exports that programs can import: by name, by path of the module, without extension. */
export type Surface = ReadonlyMap<string, ModuleSurface>;

/** The exports of a module, by name. */
export type ModuleSurface = ReadonlyMap<string, ExportSurface>;

/** An export: a type, a value, or both under one name. */
export interface ExportSurface {
  /** A type; `generic` where it has type parameters. */
  readonly type?: 'plain' | 'generic';
  /** A constant or a function. */
  readonly isValue?: true;
  /** Names of the methods that an interface declares itself. */
  readonly methods?: readonly string[];
}

/**
 * The exports of modules. Re-exports are left out, because the exporting modules are listed themselves.
 *
 * @param modules the modules of the output
 */
export function surfaceOf(modules: readonly Module[]): Surface {
  return new Map(modules.map(({ file, declarations }) => [file, moduleSurface(declarations)]));
}

function moduleSurface(declarations: readonly Declaration[]): ModuleSurface {
  const found = new Map<string, ExportSurface>();
  for (const declaration of declarations) {
    if (declaration.kind === 're-export' || declaration.exported === false) continue;
    found.set(declaration.name, { ...found.get(declaration.name), ...exportSurface(declaration) });
  }
  return found;
}

function exportSurface(declaration: Exclude<Declaration, { readonly kind: 're-export' }>): ExportSurface {
  switch (declaration.kind) {
    case 'interface': {
      const methods = declaration.members.flatMap(({ key, parameters }) =>
        parameters !== undefined && typeof key === 'string' ? [key] : [],
      );
      return { type: parametersOf(declaration), ...(methods.length > 0 && { methods }) };
    }
    case 'alias':
      return { type: parametersOf(declaration) };
    case 'class':
      return { type: parametersOf(declaration), isValue: true };
    case 'constant':
    case 'function':
      return { isValue: true };
  }
}

function parametersOf({ typeParameters = [] }: { readonly typeParameters?: readonly unknown[] }): 'plain' | 'generic' {
  return typeParameters.length > 0 ? 'generic' : 'plain';
}

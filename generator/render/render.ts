import type { Module } from '../emit/module.js';
import { printModule, type PrintedModule } from '../emit/print/module.js';
import type { ResolvedModel } from '../model/resolved.js';
import type { Names } from '../names/names.js';
import { byCodeUnit } from '../order.js';
import { renderContext } from './context.js';
import type { GeneratedFile } from './file.js';
import { INDEX } from './index-module.js';
import { type Manifest, manifestOf } from './manifest.js';
import { modulesOf } from './modules.js';
import { packageFiles } from './package-files.js';
import type { RenderInput } from './render-input.js';
import type { RenderTemplate } from './templates.js';

/** All files of a generated package, and its manifest. */
export interface Rendered {
  readonly files: readonly GeneratedFile[];
  readonly manifest: Manifest;
}

/** Files of the runtime generated for each package: FHIR's datatypes, and the FHIR types that it uses. */
const MADE = new Set(['datatypes.ts', 'invariant-texts.ts', 'fhir.ts']);

/**
 * The files of a generated package.
 *
 * @param model all profiles
 * @param names their names
 * @param input templates and the runtime
 */
export function render(model: ResolvedModel, names: Names, input: RenderInput): Rendered {
  const context = renderContext(model, names, input.codeLimit, input.choices);
  const { profiles, valueSets, references, others } = modulesOf(context);
  const { template } = input;
  const modules = [...profiles, ...valueSets, ...references, ...others];
  const files: GeneratedFile[] = [
    ...modules.map((module, index) => {
      const file = sourceFile(printModule(module), template);
      input.onModule?.(index + 1, modules.length);
      return file;
    }),
    ...[...input.runtime]
      .filter(([name]) => !MADE.has(name))
      .map(([name, content]): GeneratedFile => ({ path: `runtime/${name}`, content })),
    {
      path: 'runtime/fhir.ts',
      content: template(context.baseTypes.template, { specifier: context.baseTypes.specifier }),
    },
  ];
  const paths = files.map((file) => file.path);
  files.push(...packageFiles(context, input, paths));
  const declared = new Map([...profiles, ...valueSets].map((module) => [module.file, identifiersIn(module)]));
  const declares = (file: string, identifier: string): boolean => declared.get(file)?.has(identifier) === true;
  files.push({ path: 'names.json', content: input.ledger(declares) });
  const manifest = manifestOf(
    context,
    input.generator,
    files.map((file) => file.path),
  );
  files.push({ path: 'manifest.json', content: `${JSON.stringify(manifest, null, 2)}\n` });
  return { files: files.sort((a, b) => byCodeUnit(a.path, b.path)), manifest };
}

function identifiersIn({ declarations }: Module): ReadonlySet<string> {
  return new Set(declarations.flatMap((one) => (one.kind === 're-export' ? [] : [one.name])));
}

function sourceFile({ file, header, imports, body }: PrintedModule, template: RenderTemplate): GeneratedFile {
  // The exports of the index are in the place of the imports of other modules.
  const view = { header, imports: imports.trimEnd(), body: body.trimEnd(), isIndex: file === INDEX };
  return { path: `${file}.ts`, content: template('module', view) };
}

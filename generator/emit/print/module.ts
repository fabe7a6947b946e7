import type { Declaration } from '../declaration.js';
import { Imports } from '../imports.js';
import type { Module } from '../module.js';
import { declarationText } from './declaration.js';
import { textOf } from './doc.js';
import { importDoc } from './import.js';

/** The parts of a file, laid out as prettier does with the settings of this project. */
export interface PrintedModule {
  /** Path below the output folder, without extension. */
  readonly file: string;
  /** A comment of one line; empty for none. */
  readonly header: string;
  /** Import statements, each with its line break. */
  readonly imports: string;
  /** Declarations, with a blank line between them and a line break at the end. */
  readonly body: string;
  /** Files that it imports from: paths below the output folder, without extension. */
  readonly files: readonly string[];
}

/**
 * Prints a module.
 *
 * @param module any
 * @returns its parts, which {@link print} joins
 * @throws Error when a name is imported from two sources, RangeError for a number that has no literal
 */
export function printModule(module: Module): PrintedModule {
  const imports = new Imports();
  const context = { imports, expanded: false };
  const texts = module.declarations.map((one) => declarationText(one, context, module.file));
  const statements = imports.statements(module.file).map((statement) => `${textOf(importDoc(statement))}\n`);
  let body = '';
  module.declarations.forEach((one, index) => {
    if (index > 0 && !continues(module.declarations[index - 1], one)) body += '\n';
    body += `${texts[index] ?? ''}\n`;
  });
  return {
    file: module.file,
    header: module.header === undefined ? '' : `// ${module.header}`,
    imports: statements.join(''),
    body,
    files: imports.files(),
  };
}

/**
 * The text of a module: header, imports, declarations.
 *
 * @param module any
 * @returns text that ends with a line break
 * @throws as {@link printModule} does
 */
export function print(module: Module): string {
  const { header, imports, body } = printModule(module);
  const top = `${header === '' ? '' : `${header}\n`}${imports}`;
  const isContinued = imports === '' && module.declarations[0]?.kind === 're-export';
  return `${top}${top === '' || isContinued ? '' : '\n'}${body}`;
}

/** Re-exports follow each other, and the header, without a blank line. */
function continues(before: Declaration | undefined, declaration: Declaration): boolean {
  return declaration.kind === 're-export' && (before === undefined || before.kind === 're-export');
}

import type { Declaration } from '../declaration.js';
import { Imports } from '../imports.js';
import type { Module } from '../module.js';
import { declarationDoc } from './declaration.js';
import { textOf } from './doc.js';
import { importDoc } from './import.js';

/**
 * The text of a module, as prettier lays it out with the settings of this project: header, imports, declarations.
 *
 * @param module any
 * @returns text that ends with a line break
 * @throws Error when a name is imported from two sources, RangeError for a number that has no literal
 */
export function print(module: Module): string {
  const imports = new Imports();
  const texts = module.declarations.map((one) => textOf(declarationDoc(one, imports, module.file)));
  const top = imports.statements(module.file).map((statement) => textOf(importDoc(statement)));
  if (module.header !== undefined) top.unshift(`// ${module.header}`);
  let text = top.map((one) => `${one}\n`).join('');
  module.declarations.forEach((one, index) => {
    if (text !== '' && !continues(module.declarations[index - 1], one)) text += '\n';
    text += `${texts[index] ?? ''}\n`;
  });
  return text;
}

/** Re-exports follow each other, and the header, without a blank line. */
function continues(before: Declaration | undefined, declaration: Declaration): boolean {
  return declaration.kind === 're-export' && (before === undefined || before.kind === 're-export');
}

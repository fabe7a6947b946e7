import { format, type Options } from 'prettier';
import type { GeneratedFile } from './file.js';

/** How emitted code is laid out, on every machine: no configuration file is read. */
const OPTIONS: Options = { printWidth: 120, singleQuote: true };

const PARSERS: ReadonlyMap<string, string> = new Map([
  ['.ts', 'typescript'],
  ['.md', 'markdown'],
]);

/**
 * The file as prettier lays it out.
 *
 * @param file of the output; other than TypeScript and Markdown it is left as it is
 * @throws SyntaxError when a template made code that is none: a defect of ours
 */
export async function formatted(file: GeneratedFile): Promise<GeneratedFile> {
  const parser = PARSERS.get(file.path.slice(file.path.lastIndexOf('.')));
  return parser === undefined ? file : { ...file, content: await format(file.content, { ...OPTIONS, parser }) };
}

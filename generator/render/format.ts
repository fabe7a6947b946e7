import { format } from 'prettier';
import type { GeneratedFile } from './file.js';

/**
 * The files as prettier lays them out. TypeScript is printed in that layout; what templates write as Markdown is not.
 *
 * @param files of the output
 * @returns the files in the same order
 */
export async function formatAll(files: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  return Promise.all(
    files.map(async (file) =>
      file.path.endsWith('.md') ? { ...file, content: await format(file.content, { parser: 'markdown' }) } : file,
    ),
  );
}

import type { GeneratedFile } from '../../generator/render/file.js';
import { output } from './folder-content.js';

/** Outputs of many files whose content and folders differ from one number to the next. */
export function large(number: number): GeneratedFile[] {
  const version = number % 3;
  const files = new Map<string, string>([['index.ts', `${version}`]]);
  for (let index = 0; index < 60; index++) {
    files.set(`guide/profile-${index}.ts`, `${version}\n`.repeat(500));
    files.set(`base-${version}/type-${index}.ts`, 'the same\n'.repeat(100));
    files.set(`shared/part-${index}.ts`, index % 2 === 0 ? 'the same' : `${version}`);
  }
  return output(Object.fromEntries(files));
}

import { lstatSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** All files below a folder with their content, folders with a trailing `/`; empty if the folder does not exist. */
export function contentOf(folder: string): Record<string, string> {
  const result: Record<string, string> = {};
  const walk = (relative: string): void => {
    for (const name of readdirSync(join(folder, relative)).sort()) {
      const path = relative === '' ? name : `${relative}/${name}`;
      const kind = lstatSync(join(folder, path));
      if (kind.isDirectory()) walk(path);
      else result[path] = kind.isSymbolicLink() ? '(link)' : readFileSync(join(folder, path), 'utf8');
    }
  };
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) walk('');
  return result;
}

/** Writes files directly. */
export function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

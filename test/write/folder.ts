import { lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder, deleted after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-'));
  folders.push(folder);
  return folder;
}

/** Every file below a folder with its content, folders with a `/` at the end; an empty map when it is not there. */
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

/** Writes files without further ado. */
export function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

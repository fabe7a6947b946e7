import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GeneratedFile } from '../../generator/render/file.js';

/** A folder with a generated package, as a user's program imports it. */
export interface Workspace {
  readonly folder: string;
  /** The generated package, in a folder below. */
  readonly generated: string;
  close(): void;
}

/** Compilers check programs that use the package; other tests check the files of the package. */
const UNCHECKED = '// @ts-nocheck\n';

/**
 * Writes a generated package into a new folder.
 *
 * @param files of the package
 */
export function openWorkspace(files: readonly GeneratedFile[]): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'));
  const generated = join(folder, 'generated');
  for (const file of files) {
    const path = join(generated, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.path.endsWith('.ts') ? `${UNCHECKED}${file.content}` : file.content);
  }
  const types = join(folder, 'node_modules/@types');
  mkdirSync(types, { recursive: true });
  symlinkSync(dirname(createRequire(import.meta.url).resolve('@types/fhir/package.json')), join(types, 'fhir'), 'dir');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return { folder, generated, close: () => rmSync(folder, { recursive: true, force: true }) };
}

import { join } from 'node:path';
import { isObject } from '../fhir/json.js';
import type { Disk } from './disk.js';
import type { GeneratedFile } from '../render/file.js';
import { byCodeUnit } from '../order.js';
import { pathFault } from './path.js';

/** The file that describes the output. */
export const MANIFEST = 'manifest.json';

/** The name of the generator in a manifest that is to be trusted. */
const GENERATOR = 'fhir-profile-codegen';

/** Which files in a folder earlier runs wrote. */
export interface Ownership {
  /** Paths relative to the folder. */
  readonly files: ReadonlySet<string>;
  /**
   * `listed`: the manifest lists the generated files. `unlisted`: it is from a version of the generator that kept no
   * list, so every file at a path of the output counts as generated. `none`: the folder has no manifest of the
   * generator.
   */
  readonly source: 'listed' | 'unlisted' | 'none';
}

/**
 * Adds the list of the files to the manifest: the next run may replace and remove those and no others.
 *
 * @param files the output; it is returned unchanged without a `manifest.json` that is a JSON object
 * @returns the same files in the order of their paths, with `files` in the manifest
 */
export function recordFiles(files: readonly GeneratedFile[]): readonly GeneratedFile[] {
  const sorted = [...files].sort((a, b) => byCodeUnit(a.path, b.path));
  const paths = sorted.map((file) => file.path);
  return sorted.map((file) => {
    if (file.path !== MANIFEST) return file;
    const manifest = jsonObject(file.content);
    if (manifest === undefined || sameList(manifest['files'], paths)) return file;
    return { path: file.path, content: `${JSON.stringify({ ...manifest, files: paths }, null, 2)}\n` };
  });
}

/**
 * Reads what earlier runs wrote into a folder.
 *
 * @param folder the output folder
 * @param disk the file system
 * @throws what the disk throws when the manifest exists and cannot be read
 */
export function readOwnership(folder: string, disk: Disk): Ownership {
  const none: Ownership = { files: new Set(), source: 'none' };
  const path = join(folder, MANIFEST);
  if (disk.entry(path)?.kind !== 'file') return none;
  const manifest = jsonObject(disk.read(path).toString('utf8'));
  const generator = manifest?.['generator'];
  if (typeof generator !== 'object' || generator === null) return none;
  if (!('name' in generator) || generator.name !== GENERATOR) return none;
  const listed = manifest?.['files'];
  if (!Array.isArray(listed)) return { files: new Set([MANIFEST]), source: 'unlisted' };
  // The list may have been edited: a path that the generator never writes is not one of its files.
  const files = listed.filter((file): file is string => typeof file === 'string' && pathFault(file) === undefined);
  return { files: new Set([...files, MANIFEST]), source: 'listed' };
}

function sameList(value: unknown, paths: readonly string[]): boolean {
  return Array.isArray(value) && value.length === paths.length && paths.every((path, index) => value[index] === path);
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

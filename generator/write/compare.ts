import { join, resolve } from 'node:path';
import type { Disk } from './disk.js';
import { machineDisk } from './disk.js';
import type { GeneratedFile } from '../render/file.js';
import { recordFiles } from './ownership.js';
import { byCodeUnit } from '../order.js';
import { checkPaths, foldersOf } from './path.js';
import { survey } from './survey.js';
import type { Survey } from './survey.js';
import { isInterrupted, realFolder, workplaces } from './workplace.js';

/** How an output folder differs from what a run would write; all lists sorted. */
export interface Comparison {
  /** Files that exist with different content. */
  readonly stale: readonly string[];
  /** Files that do not exist. */
  readonly missing: readonly string[];
  /** Files that do not belong: left by an earlier run, or added next to generated files by someone else. */
  readonly surplus: readonly string[];
  /** Files that exist with the right content. */
  readonly current: readonly string[];
  /** Whether a run was killed while it swapped the files; the next `write` completes the swap. */
  readonly interrupted: boolean;
}

/** Files that belong in the root of an npm package and never count as generated. */
const PACKAGE_FILE =
  /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|tsconfig(?:\..+)?\.json|(?:licen[cs]e|notice|changelog|migration)(?:\..+)?)$/i;

/** Temporary files of editors, compilers and the generator. */
const TRACE = /^\.|\.orig(?:\.\d+)?$|\.tsbuildinfo$/;

/**
 * Compares an output folder with what a run would write, and writes nothing.
 *
 * Surplus files are those that earlier runs wrote and this one would not, and any other file next to generated ones, as
 * an import may refer to it. Folders without a generated file are the user's own and are not looked into.
 *
 * @param files the output
 * @param folder the output folder; it need not exist
 * @param disk the file system
 * @throws CodegenError when a path cannot be written on every system, or something other than a file is at a path
 */
export function compare(files: readonly GeneratedFile[], folder: string, disk: Disk = machineDisk): Comparison {
  const output = recordFiles(files);
  checkPaths(output.map((file) => file.path));
  const root = realFolder(resolve(folder), disk);
  const found = survey(output, root, disk);
  const paths = (wanted: (state: string) => boolean): string[] =>
    [...found.wanted].filter(([, file]) => wanted(file.state)).map(([path]) => path);
  return {
    stale: paths((state) => state === 'stale' || state === 'foreign'),
    missing: paths((state) => state === 'missing'),
    surplus: [...new Set([...found.surplus, ...strangers(found, root, disk)])].sort(byCodeUnit),
    current: paths((state) => state === 'same'),
    interrupted: workplaces(root).some((place) => isInterrupted(place, disk)),
  };
}

/** Files next to generated ones that no run wrote. */
function strangers(found: Survey, root: string, disk: Disk): string[] {
  const generated = [...found.wanted.keys(), ...found.surplus];
  const folders = new Set(['', ...generated.flatMap(foldersOf)]);
  const result: string[] = [];
  for (const folder of folders) {
    if (disk.entry(join(root, folder))?.kind !== 'folder') continue;
    for (const name of disk.list(join(root, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (found.wanted.has(path) || TRACE.test(name) || (folder === '' && PACKAGE_FILE.test(name))) continue;
      if (isCompiled(path, found) || disk.entry(join(root, path))?.kind === 'folder') continue;
      result.push(path);
    }
  }
  return result;
}

/** Compiler output next to a generated source. */
function isCompiled(path: string, found: Survey): boolean {
  const match = /^(.+?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(path);
  return match?.[1] !== undefined && found.wanted.has(`${match[1]}.ts`);
}

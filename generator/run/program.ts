import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isObject } from '../fhir/json.js';
import { byCodeUnit } from '../order.js';
import { hashOf } from './record.js';

/** The folder of this module in the sources; a bundled build has no folders. */
const RUN = 'run';

/**
 * A hash of this program: the content of its modules, and the versions of the packages that it uses.
 *
 * @param module path of a module of this program
 * @param root folder of this package
 * @returns hexadecimal digits
 * @throws Error when a file cannot be read
 */
export function programHash(module = fileURLToPath(import.meta.url), root = rootOf(module)): string {
  const folder = basename(dirname(module)) === RUN ? dirname(dirname(module)) : dirname(module);
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:ts|js|mjs)$/.test(path))
    .sort(byCodeUnit);
  return hashOf(
    process.version,
    ...modules.flatMap((path) => [relative('', path), readFileSync(join(folder, path))]),
    ...versionsOf(root),
  );
}

function rootOf(module: string): string {
  for (let folder = dirname(module); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  return dirname(module);
}

/** The manifests of the dependencies of this package, which contain their versions. */
function versionsOf(root: string): readonly string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const dependencies = isObject(manifest) ? manifest['dependencies'] : undefined;
  if (!isObject(dependencies)) return [];
  return Object.keys(dependencies)
    .sort(byCodeUnit)
    .map((name) => manifestOf(name, root));
}

function manifestOf(name: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name, 'package.json');
    if (existsSync(path)) return readFileSync(path, 'utf8');
    if (folder === dirname(folder)) return '';
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CodegenError, messageOf } from '../errors.js';
import type { ConformanceResource } from '../fhir/package.js';
import { byCodeUnit } from '../order.js';
import { statAt } from './disk.js';
import { DEFAULT_LIMITS, type LoadLimits } from './limits.js';
import { readResource } from './resource.js';

/**
 * Reads value sets and code systems that a user has saved, such as the answers of a terminology server to `$expand`.
 *
 * @param paths of files; in the last segment `*` matches any text
 * @param more limits that differ from the defaults
 * @returns the resources; `givenIn` names their files
 * @throws CodegenError when no file exists, or a file contains neither a ValueSet nor a CodeSystem with a url
 */
export function readTerminology(
  paths: readonly string[],
  more: Partial<LoadLimits> | undefined,
): readonly ConformanceResource[] {
  const limits = { ...DEFAULT_LIMITS, ...more };
  return paths.flatMap(filesAt).map((path) => terminologyIn(path, limits));
}

function filesAt(path: string): readonly string[] {
  const pattern = basename(path);
  const folder = dirname(path);
  if (!pattern.includes('*')) return [path];
  const form = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw new CodegenError(
      `terminology: the folder cannot be read: ${messageOf(error)}`,
      { package: folder },
      { cause: error },
    );
  }
  const found = names.filter((name) => form.test(name)).sort(byCodeUnit);
  if (found.length === 0) throw new CodegenError('terminology: no file matches.', { package: path });
  return found.map((name) => join(folder, name));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
}

function terminologyIn(path: string, limits: LoadLimits): ConformanceResource {
  const where = { package: path };
  const found = statAt(path);
  if (found === undefined) throw new CodegenError('terminology: this file does not exist.', where);
  if (!found.isFile())
    throw new CodegenError('terminology: this is not a file; name files, such as folder/*.json.', where);
  const { size } = found;
  if (size > limits.fileBytes) throw new CodegenError('it is longer than the limit "fileBytes".', where);
  const content = readResource(readFileSync(path), limits);
  if (content.kind === 'definition' && content.resource.resourceType !== 'StructureDefinition') {
    const { resource } = content;
    const isEmpty = ['compose', 'expansion', 'concept'].every((name) => resource[name] === undefined);
    // It would replace the codes of the package by nothing.
    if (isEmpty)
      throw new CodegenError(`the ${resource.resourceType} has no codes: save the response of $expand.`, where);
    return { ...resource, givenIn: basename(path) };
  }
  const why = 'why' in content ? `: ${content.why}` : '';
  throw new CodegenError(`it contains neither a ValueSet nor a CodeSystem${why}.`, where);
}

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { list, type ReadEntry } from 'tar';

/** An example resource of a package. */
export interface Example {
  readonly file: string;
  readonly resource: object;
}

/**
 * The published examples of a package (FHIR NPM Package Specification: the folder `example`).
 *
 * @param spec a `.tgz`, a package folder or its parent, or `name#version` of the cache
 * @param cache FHIR cache
 * @returns resources by file name; files without a resource are omitted
 */
export async function examplesOf(spec: string, cache: string): Promise<readonly Example[]> {
  const texts = spec.endsWith('.tgz') ? await textsOfArchive(spec) : textsOfFolder(folderOf(spec, cache));
  return [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, text]) => ({ file, resource: JSON.parse(text) as Record<string, unknown> }))
    .filter(({ resource }) => typeof resource.resourceType === 'string');
}

function folderOf(spec: string, cache: string): string {
  const folder = existsSync(spec) ? spec : join(cache, spec);
  const inside = join(folder, 'package');
  return existsSync(inside) ? inside : folder;
}

function textsOfFolder(folder: string): Map<string, string> {
  const examples = join(folder, 'example');
  if (!existsSync(examples) || !statSync(examples).isDirectory()) return new Map();
  const files = readdirSync(examples).filter(isExample);
  return new Map(files.map((file) => [file, readFileSync(join(examples, file), 'utf8')]));
}

async function textsOfArchive(file: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  await list({
    file,
    filter: (path) => /^package\/example\/[^/]+$/.test(path) && isExample(basename(path)),
    onReadEntry: (entry: ReadEntry) => {
      const chunks: Buffer[] = [];
      entry.on('data', (chunk: Buffer) => chunks.push(chunk));
      entry.on('end', () => texts.set(basename(entry.path), Buffer.concat(chunks).toString('utf8')));
    },
  });
  return texts;
}

/** Some tools leave indexes with a leading dot next to the examples. */
function isExample(file: string): boolean {
  return file.endsWith('.json') && !file.startsWith('.');
}

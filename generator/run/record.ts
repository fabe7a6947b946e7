import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Warning } from '../errors.js';
import { isObject } from '../fhir/json.js';
import type { GeneratedFile } from '../render/file.js';
import type { Disk } from '../write/disk.js';
import { MANIFEST, recordFiles } from '../write/ownership.js';
import type { Manifest } from '../render/manifest.js';

/** The record of a generation, without the texts: enough to check whether an output folder is up to date. */
export interface GenerationRecord {
  /** Hash of the content of each file, by its path below the output folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly manifest: Manifest;
  /** Canonicals of the requested profiles. */
  readonly requested: readonly string[];
  /** Canonicals of those that could not be generated. */
  readonly failed: readonly string[];
  readonly warnings: readonly Warning[];
  /** Patterns and names of the configuration that were used. */
  readonly used: readonly string[];
}

/** The content of a record, with the files of the output folder. */
export interface Recalled extends Omit<GenerationRecord, 'files'> {
  readonly files: readonly GeneratedFile[];
}

/**
 * A hash of content.
 *
 * @param content texts or bytes; the hash depends on how they are divided into parts
 * @returns hexadecimal digits
 */
export function hashOf(...content: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const one of content) {
    const bytes = typeof one === 'string' ? Buffer.from(one) : one;
    hash.update(`${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * The record of a generation.
 *
 * @param made its result
 */
export function recordOf({ files, ...made }: Recalled): GenerationRecord {
  const hashes = recordFiles(files).map(({ path, content }): [string, string] => [path, hashOf(content)]);
  return { ...made, files: Object.fromEntries(hashes) };
}

/**
 * The output that a record describes, read from the output folder.
 *
 * @param record of a generation
 * @param folder output folder
 * @param disk the file system
 * @returns `undefined` when one of its files is missing or has different content
 */
export function recall(record: GenerationRecord, folder: string, disk: Disk): Recalled | undefined {
  const { files: hashes, ...made } = record;
  const files: GeneratedFile[] = [];
  for (const [path, hash] of Object.entries(hashes)) {
    const content = contentOf(join(folder, path), disk);
    if (content === undefined || hashOf(content) !== hash) return undefined;
    files.push({ path, content: content.toString('utf8') });
  }
  return { ...made, files };
}

/** `undefined` for any error: the files are then generated again. */
function contentOf(path: string, disk: Disk): Buffer | undefined {
  try {
    return disk.read(path);
  } catch {
    return undefined;
  }
}

/**
 * Reads a record.
 *
 * @param text the text of the file
 * @returns `undefined` when it is not a record
 */
export function parseRecord(text: string): GenerationRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A shallow check is enough: only this program writes the folder of records, and a truncated file is not JSON. */
function isRecord(value: unknown): value is GenerationRecord {
  if (!isObject(value) || !isObject(value['manifest'])) return false;
  return isObject(value['files']) && Object.hasOwn(value['files'], MANIFEST);
}

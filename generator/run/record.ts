import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Warning } from '../errors.js';
import { isObject } from '../fhir/json.js';
import type { GeneratedFile } from '../render/file.js';
import type { Disk } from '../write/disk.js';
import { MANIFEST, recordFiles } from '../write/ownership.js';
import type { Manifest } from '../render/manifest.js';

/** The record of a generation, without the texts: enough to see whether an output folder still has them. */
export interface GenerationRecord {
  /** Hash of the content of each file, by its path below the output folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly manifest: Manifest;
  /** Canonicals of the profiles that were asked for. */
  readonly requested: readonly string[];
  /** Canonicals of those that could not be generated. */
  readonly failed: readonly string[];
  readonly warnings: readonly Warning[];
  /** Patterns and names of the configuration that were taken up. */
  readonly used: readonly string[];
}

/** What a record says, with the files as they are in the output folder. */
export interface Recalled extends Omit<GenerationRecord, 'files'> {
  readonly files: readonly GeneratedFile[];
}

/**
 * The hash that identifies content.
 *
 * @param content any text or bytes, each part by itself
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
 * @param made what it made
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
 * @returns nothing when a file of it is not there, or has other content
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

/** Whatever keeps a file from being read: the generation itself shows what differs. */
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
 * @param text what was written
 * @returns nothing when it is none
 */
export function parseRecord(text: string): GenerationRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The folder of records is written by this program only; what was cut off is not JSON. */
function isRecord(value: unknown): value is GenerationRecord {
  if (!isObject(value) || !isObject(value['manifest'])) return false;
  return isObject(value['files']) && Object.hasOwn(value['files'], MANIFEST);
}

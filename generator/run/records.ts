import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GenerationRecord, parseRecord } from './record.js';

/** Records of recent generations, by the hash of everything that they depend on. */
export interface Records {
  /** The record of a generation; `undefined` when there is none. */
  find(key: string): GenerationRecord | undefined;
  /** Stores a record. If the folder cannot be written, the next run generates again. */
  keep(key: string, record: GenerationRecord): void;
}

/** The number of records to keep: enough for a project with several packages. */
const KEPT = 32;

/**
 * Records in a folder, each in a separate file. The key of a record is a hash of everything that it depends on, so a
 * record is never out of date; the oldest are removed.
 *
 * @param folder the folder of the records; it need not exist
 */
export function recordsIn(folder: string): Records {
  return {
    find: (key) => {
      try {
        return parseRecord(readFileSync(fileOf(folder, key), 'utf8'));
      } catch {
        return undefined;
      }
    },
    keep: (key, record) => {
      const file = fileOf(folder, key);
      const made = `${file}.${process.pid}`;
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(made, JSON.stringify(record));
        // A rename, so that another process never reads an incomplete file.
        renameSync(made, file);
        for (const old of surplusIn(folder)) rmSync(old, { force: true });
      } catch {
        // A record only saves time.
      }
    },
  };
}

function fileOf(folder: string, key: string): string {
  return join(folder, `${key}.json`);
}

function surplusIn(folder: string): readonly string[] {
  const paths = readdirSync(folder).map((name) => join(folder, name));
  if (paths.length <= KEPT) return [];
  const byAge = paths.map((path) => ({ path, age: statSync(path).mtimeMs })).sort((a, b) => b.age - a.age);
  return byAge.slice(KEPT).map(({ path }) => path);
}

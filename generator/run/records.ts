import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GenerationRecord, parseRecord } from './record.js';

/** Records of the last generations, by what they were made of. */
export interface Records {
  /** The record of a generation; nothing when there is none. */
  find(key: string): GenerationRecord | undefined;
  /** Keeps a record. A folder that cannot be written keeps nothing: the next run generates again. */
  keep(key: string, record: GenerationRecord): void;
}

/** So many that a project of several packages finds all of them. */
const KEPT = 32;

/**
 * Records in a folder, each in a file of its own. A record is found by the content of everything that it depends on,
 * so it never is out of date; the oldest give way.
 *
 * @param folder of the records; it need not be there
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
        // Another process never reads half of it.
        renameSync(made, file);
        for (const old of surplusIn(folder)) rmSync(old, { force: true });
      } catch {
        // Nothing depends on it.
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

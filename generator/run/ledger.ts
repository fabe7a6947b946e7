import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodegenError, messageOf } from '../errors.js';
import { LEDGER_FILE, parseLedger } from '../names/ledger-file.js';
import type { NameLedger } from '../names/ledger.js';
import { isAbsent } from '../write/disk.js';

/**
 * The names that an output folder has, so that the next output keeps them.
 *
 * @param folder output folder; it need not exist
 * @returns `undefined` when it has no ledger
 * @throws CodegenError when the ledger cannot be read
 */
export async function ledgerIn(folder: string): Promise<NameLedger | undefined> {
  const path = join(folder, LEDGER_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    // What stands in the place of the folder is reported by the writer.
    if (isAbsent(error)) return undefined;
    throw new CodegenError(
      `the ledger of names cannot be read: ${messageOf(error)}`,
      { package: path },
      { cause: error },
    );
  }
  return parseLedger(text, path);
}

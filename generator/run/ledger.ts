import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodegenError, messageOf } from '../errors.js';
import { LEDGER_FILE, parseLedger } from '../names/ledger-file.js';
import type { NameLedger } from '../names/ledger.js';
import { isAbsent } from '../write/disk.js';

/**
 * The ledger of names of an output folder, so that the next output keeps the names.
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
    // The writer reports anything else in the place of the folder.
    if (isAbsent(error)) return undefined;
    throw new CodegenError(
      `the ledger of names cannot be read: ${messageOf(error)}`,
      { package: path },
      { cause: error },
    );
  }
  return parseLedger(text, path);
}

import type { OutputOptions } from '../config/plan.js';
import { foldersOf } from '../names/alias.js';
import type { NameLedger } from '../names/ledger.js';
import type { CompareOptions } from '../compare.js';

/**
 * The names of the models of a run.
 *
 * @param options the options of the output
 * @param ledger the names in the output folder, which stay
 */
export function namingOf(
  { names, aliases, codeLimit }: OutputOptions,
  ledger: NameLedger | undefined,
): Pick<CompareOptions, 'naming' | 'ledgers'> {
  return {
    naming: {
      overrides: new Map(Object.entries(names ?? {})),
      folders: foldersOf(aliases ?? {}).folders,
      ...(codeLimit === undefined ? {} : { codeLimit }),
    },
    ledgers: { before: ledger },
  };
}

import type { OutputOptions } from '../config/plan.js';
import { foldersOf } from '../names/alias.js';
import type { NameLedger } from '../names/ledger.js';
import type { CompareOptions } from '../compare.js';

/**
 * How the models of a run are named.
 *
 * @param options of the output
 * @param ledger names that the output folder keeps
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

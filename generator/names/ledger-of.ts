import type { NameLedger, ProfileLedger, ValueSetLedger } from './ledger.js';
import type { Names, ProfileNames, ValueSetNames } from './names.js';
import type { NameOverrides } from './overrides.js';

/** Which of the names that are given go into the ledger. */
export interface LedgerChoice {
  /** Names that the user gives: the configuration keeps them. */
  readonly overrides?: NameOverrides;
  /** Whether there is a module of this path; all names count if absent. */
  readonly hasModule?: (file: string) => boolean;
  /** Value sets with more codes than this have no constants; no limit if absent. */
  readonly codeLimit?: number;
}

/**
 * The ledger of names that are given.
 *
 * @param names of a model
 * @param choice which of them; all if absent
 */
export function ledgerOf(names: Names, choice: LedgerChoice = {}): NameLedger {
  const { overrides = new Map<string, string>(), hasModule = () => true, codeLimit = Infinity } = choice;
  const nameOf = (url: string, name: string): { readonly name?: string } => (overrides.has(url) ? {} : { name });
  return {
    profiles: new Map(
      [...names.profiles].map(([url, own]): [string, ProfileLedger] => [
        url,
        { ...nameOf(url, own.interface), file: own.file, ...inner(own) },
      ]),
    ),
    valueSets: new Map(
      [...names.valueSets]
        .filter(([, { file }]) => hasModule(file))
        .map(([url, own]): [string, ValueSetLedger] => [
          url,
          { ...nameOf(url, own.name), file: own.file, constants: constants(own, codeLimit) },
        ]),
    ),
  };
}

function inner(own: ProfileNames): Pick<ProfileLedger, 'parts' | 'slices' | 'readers' | 'methods'> {
  const parts = [...own.parts].filter(([path]) => path !== '');
  const methods = [...own.methods].flatMap(([path, all]) =>
    [...all]
      // The others are those of the members of FHIR, which nobody else may have.
      .filter(([id]) => id.includes(':'))
      .map(([id, name]): [string, string] => [path === '' ? id : `${path}.${id}`, name]),
  );
  return {
    parts: new Map(parts.map(([path, { type }]) => [path, type.slice(own.interface.length)])),
    slices: new Map([...own.slices].filter(([id, key]) => !id.endsWith(`:${key}`))),
    readers: own.readers,
    methods: new Map(methods),
  };
}

function constants({ constants: { keys } }: ValueSetNames, codeLimit: number): ReadonlyMap<string, string> {
  return keys.size > codeLimit ? new Map() : keys;
}

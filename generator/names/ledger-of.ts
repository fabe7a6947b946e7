import type { NameLedger, ProfileLedger, ValueSetLedger } from './ledger.js';
import type { Names, ProfileNames, ValueSetNames } from './names.js';
import type { NameOverrides } from './overrides.js';

/** Selects the names for the ledger. */
export interface LedgerChoice {
  /** The user's names, which the configuration keeps. */
  readonly overrides?: NameOverrides;
  /** Whether the module of this path declares an identifier: only declared names are kept. All if absent. */
  readonly declares?: (file: string, identifier: string) => boolean;
}

/**
 * Makes the ledger of names.
 *
 * @param names of a model
 * @param choice which names to include; all if absent
 */
export function ledgerOf(names: Names, choice: LedgerChoice = {}): NameLedger {
  const { overrides = new Map<string, string>(), declares = () => true } = choice;
  const nameOf = (url: string, name: string): { readonly name?: string } => (overrides.has(url) ? {} : { name });
  return {
    profiles: new Map(
      [...names.profiles].map(([url, own]): [string, ProfileLedger] => [
        url,
        { ...nameOf(url, own.interface), file: own.file, ...inner(own, declares) },
      ]),
    ),
    valueSets: new Map(
      [...names.valueSets]
        .filter(([, { file, code }]) => declares(file, code))
        .map(([url, own]): [string, ValueSetLedger] => [
          url,
          { ...nameOf(url, own.name), file: own.file, constants: constants(own, declares) },
        ]),
    ),
  };
}

type Declares = NonNullable<LedgerChoice['declares']>;

function inner(own: ProfileNames, declares: Declares): Pick<ProfileLedger, 'parts' | 'slices' | 'readers' | 'methods'> {
  const parts = [...own.parts].filter(
    ([path, family]) => path !== '' && Object.values(family).some((name: string) => declares(own.file, name)),
  );
  const methods = [...own.methods].flatMap(([path, all]) =>
    [...all]
      // The others are names of FHIR members, which are reserved.
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

function constants({ file, constants: own }: ValueSetNames, declares: Declares): ReadonlyMap<string, string> {
  return declares(file, own.name) ? own.keys : new Map();
}

import { CodegenError } from '../errors.js';
import { isObject } from '../fhir/json.js';
import { byCodeUnit } from '../order.js';
import { isIdentifier } from './identifier.js';
import type { Names } from './names.js';

/** Version of the file's shape; a reader refuses another. */
const LEDGER_FORMAT = 1;

/**
 * The names that were given before, so that they stay: a newcomer that wants one of them takes another. It is written
 * beside the output, as `names.json`, and read again before the next run.
 */
export interface NameLedger {
  /** By canonical of the profile. */
  readonly profiles: ReadonlyMap<string, ProfileLedger>;
  /** By canonical of the value set. */
  readonly valueSets: ReadonlyMap<string, ValueSetLedger>;
}

/** What a profile was called, and its parts. */
export interface ProfileLedger {
  readonly name: string;
  readonly file: string;
  /** Types of its parts, by where they stand. */
  readonly parts: ReadonlyMap<string, string>;
  /** Keys of slices, by `part:slice`. */
  readonly slices: ReadonlyMap<string, string>;
  /** Readers of slices, likewise. */
  readonly readers: ReadonlyMap<string, string>;
  /** Methods of builders that speak of slices, by `part:member:slice`. */
  readonly methods: ReadonlyMap<string, string>;
}

/** What a value set was called, and its constants. */
export interface ValueSetLedger {
  readonly name: string;
  readonly file: string;
  /** By `system|code`. */
  readonly constants: ReadonlyMap<string, string>;
}

/** No name was given before. */
export const EMPTY_LEDGER: NameLedger = { profiles: new Map(), valueSets: new Map() };

/**
 * The ledger of names that are given.
 *
 * @param names of a model
 */
export function ledgerOf(names: Names): NameLedger {
  return {
    profiles: new Map(
      [...names.profiles].map(([url, own]) => [
        url,
        {
          name: own.interface,
          file: own.file,
          parts: new Map([...own.parts].map(([part, { type }]) => [part, type])),
          slices: own.slices,
          readers: own.readers,
          methods: new Map(
            [...own.methods].flatMap(([part, methods]) =>
              [...methods]
                .filter(([id]) => id.includes(':'))
                .map(([id, name]): [string, string] => [part === '' ? id : `${part}.${id}`, name]),
            ),
          ),
        },
      ]),
    ),
    valueSets: new Map(
      [...names.valueSets].map(([url, { name, file, constants }]) => [url, { name, file, constants: constants.keys }]),
    ),
  };
}

/**
 * The ledger as text: sorted, a line for each name, so that a change of one is a change of one line.
 *
 * @param ledger of an output
 */
export function serializeLedger(ledger: NameLedger): string {
  const profiles = [...ledger.profiles].map(([url, own]): [string, object] => [
    url,
    {
      name: own.name,
      file: own.file,
      ...maps({ parts: own.parts, slices: own.slices, readers: own.readers, methods: own.methods }),
    },
  ]);
  const valueSets = [...ledger.valueSets].map(([url, own]): [string, object] => [
    url,
    { name: own.name, file: own.file, ...maps({ constants: own.constants }) },
  ]);
  const content = { format: LEDGER_FORMAT, profiles: sorted(profiles), valueSets: sorted(valueSets) };
  return `${JSON.stringify(content, null, 1)}\n`;
}

function maps(all: Readonly<Record<string, ReadonlyMap<string, string>>>): object {
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, map]) => map.size > 0)
      .map(([name, map]) => [name, sorted(map)]),
  );
}

/** Names such as `__proto__` become members like any other. */
function sorted(entries: Iterable<readonly [string, unknown]>): object {
  return Object.fromEntries([...entries].sort(([a], [b]) => byCodeUnit(a, b)));
}

/**
 * Reads a ledger.
 *
 * @param text content of `names.json`
 * @param path of the file, for messages
 * @throws CodegenError when it is no ledger
 */
export function parseLedger(text: string, path: string): NameLedger {
  const fail = (): never => {
    throw new CodegenError('this is not a ledger of names; restore the file, or delete it to give all names anew', {
      package: path,
    });
  };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return fail();
  }
  if (!isObject(content) || content['format'] !== LEDGER_FORMAT) return fail();
  const entries = (member: unknown): [string, Readonly<Record<string, unknown>>][] =>
    isObject(member)
      ? Object.entries(member).flatMap(([url, own]): [string, Readonly<Record<string, unknown>>][] =>
          isObject(own) && typeof own['name'] === 'string' ? [[url, own]] : [],
        )
      : fail();
  const texts = (member: unknown): ReadonlyMap<string, string> =>
    new Map(
      Object.entries(isObject(member) ? member : {}).flatMap(([id, name]): [string, string][] =>
        typeof name === 'string' && isIdentifier(name) ? [[id, name]] : [],
      ),
    );
  const text_ = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    profiles: new Map(
      entries(content['profiles']).map(([url, own]) => [
        url,
        {
          name: text_(own['name']),
          file: text_(own['file']),
          parts: texts(own['parts']),
          slices: texts(own['slices']),
          readers: texts(own['readers']),
          methods: texts(own['methods']),
        },
      ]),
    ),
    valueSets: new Map(
      entries(content['valueSets']).map(([url, own]) => [
        url,
        { name: text_(own['name']), file: text_(own['file']), constants: texts(own['constants']) },
      ]),
    ),
  };
}

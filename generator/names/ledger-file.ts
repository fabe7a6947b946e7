import { valid } from 'semver';
import { CodegenError } from '../errors.js';
import { isObject } from '../fhir/json.js';
import { token, tokenParts } from '../fhir/token.js';
import { byCodeUnit, byKey } from '../order.js';
import type { NameLedger, ProfileLedger, ValueSetLedger } from './ledger.js';

/** The ledger's file in the output folder. */
export const LEDGER_FILE = 'names.json';

/** Version of the format; a reader rejects any other. */
const LEDGER_FORMAT = 1;

/**
 * The ledger as text: sorted, a line for each name, so that a change of one is a change of one line.
 *
 * @param ledger of an output
 */
export function serializeLedger(ledger: NameLedger): string {
  const profiles = [...ledger.profiles].map(([url, own]): [string, object] => [
    url,
    {
      ...own,
      parts: texts(own.parts),
      slices: texts(own.slices),
      readers: texts(own.readers),
      methods: texts(own.methods),
    },
  ]);
  const valueSets = [...ledger.valueSets].map(([url, own]): [string, object] => [
    url,
    { ...own, constants: constantsBySystem(own.constants) },
  ]);
  const { npmVersion } = ledger;
  const content = { format: LEDGER_FORMAT, npmVersion, profiles: sorted(profiles), valueSets: sorted(valueSets) };
  return `${JSON.stringify(content, null, 1)}\n`;
}

/** Empty members are left out. */
function texts(map: ReadonlyMap<string, string>): object | undefined {
  return map.size === 0 ? undefined : sorted(map);
}

function constantsBySystem(constants: ReadonlyMap<string, string>): object | undefined {
  if (constants.size === 0) return undefined;
  const entries = [...constants].map(([id, name]) => {
    const [system, code] = tokenParts(id);
    return { system, code, name };
  });
  const systems = byKey(entries, ({ system }) => system);
  return sorted([...systems].map(([system, codes]) => [system, sorted(codes.map(({ code, name }) => [code, name]))]));
}

/** Names such as `__proto__` become ordinary members. */
function sorted(entries: Iterable<readonly [string, unknown]>): object {
  return Object.fromEntries([...entries].sort(([a], [b]) => byCodeUnit(a, b)));
}

/**
 * Reads a ledger. The naming stage decides whether a name in it can be used.
 *
 * @param text content of `names.json`
 * @param path of the file, for messages
 * @throws CodegenError when it is not a ledger
 */
export function parseLedger(text: string, path: string): NameLedger {
  try {
    const { format, npmVersion, profiles, valueSets } = objectOf(JSON.parse(text));
    if (format !== LEDGER_FORMAT) throw new NotALedger();
    return {
      ...(npmVersion === undefined ? {} : { npmVersion: versionOf(npmVersion) }),
      profiles: mapOf(profiles, profileLedger),
      valueSets: mapOf(valueSets, valueSetLedger),
    };
  } catch (error) {
    if (!(error instanceof NotALedger || error instanceof SyntaxError)) throw error;
    const message = 'this is not a ledger of names; restore the file, or delete it to assign all names again';
    throw new CodegenError(message, { package: path }, { cause: error });
  }
}

/** A part of the file is malformed. */
class NotALedger extends Error {}

function profileLedger(content: unknown): ProfileLedger {
  const own = objectOf(content);
  return {
    ...nameAndFile(own),
    parts: mapOf(own['parts'] ?? {}, textOf),
    slices: mapOf(own['slices'] ?? {}, textOf),
    readers: mapOf(own['readers'] ?? {}, textOf),
    methods: mapOf(own['methods'] ?? {}, textOf),
  };
}

function valueSetLedger(content: unknown): ValueSetLedger {
  const own = objectOf(content);
  const systems = mapOf(own['constants'] ?? {}, (codes) => mapOf(codes, textOf));
  const constants = [...systems].flatMap(([system, codes]) =>
    [...codes].map(([code, name]): [string, string] => [token(system, code), name]),
  );
  return { ...nameAndFile(own), constants: new Map(constants) };
}

function nameAndFile({ name, file }: Readonly<Record<string, unknown>>): {
  readonly name?: string;
  readonly file: string;
} {
  return name === undefined ? { file: textOf(file) } : { name: textOf(name), file: textOf(file) };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new NotALedger();
  return value;
}

function mapOf<T>(value: unknown, read: (value: unknown) => T): ReadonlyMap<string, T> {
  return new Map(Object.entries(objectOf(value)).map(([key, one]) => [key, read(one)]));
}

function versionOf(value: unknown): string {
  const text = textOf(value);
  if (valid(text) !== text) throw new NotALedger();
  return text;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new NotALedger();
  return value;
}

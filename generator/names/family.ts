import { isIdentifier, isReserved, pascalCase } from './identifier.js';
import type { ProfileLedger, ValueSetLedger } from './ledger.js';
import type { GivenNames } from './overrides.js';
import { RUNTIME_EXPORTS } from './runtime-exports.js';
import { scope, type Scope } from './scope.js';

/** Types that every generated module may use without importing them from another generated module. */
export const MODULE_SCOPE: readonly string[] = [
  'fhir4',
  'Array',
  'Exclude',
  'Partial',
  'Readonly',
  'Omit',
  'Object',
  'Promise',
  'Symbol',
  'Map',
  'Set',
  'Error',
  'JSON',
  'String',
  'Number',
  'Boolean',
  'globalThis',
  'undefined',
];

/** The context in which profiles and value sets are named. */
export interface Naming {
  readonly given: GivenNames;
  /** Identifiers of all modules. */
  readonly exports: Scope;
  readonly files: Scope;
  /** The user's folders, by name of the FHIR package. */
  readonly folders: ReadonlyMap<string, string>;
  /** A value set with more codes than this has no constants. */
  readonly codeLimit: number;
}

/** The identifiers derived from the name of a profile. */
export function profileFamily(name: string): string[] {
  return [
    name,
    `${name}Input`,
    `${name}Builder`,
    `create${name}`,
    `is${name}`,
    `validate${name}`,
    `assert${name}`,
    `parse${name}`,
    `${name}Table`,
    `${name}Completion`,
    `${name}Members`,
    `${name}Reference`,
  ];
}

/** The identifiers derived from the name of a value set. */
export function valueSetFamily(name: string): string[] {
  return [name, `${name}Code`, `${name}Coding`, `${name}Codes`];
}

/**
 * The earlier name, where it is valid.
 *
 * @param known from the ledger, which may have been edited
 */
export function keptName(known: ProfileLedger | ValueSetLedger | undefined): string | undefined {
  const name = known?.name;
  // Names of types start with an upper case letter, those of readers do not.
  return name !== undefined && isIdentifier(name) && /^[A-Z]/.test(name) ? name : undefined;
}

/**
 * Claims a name with its family: the user's name, the previous name, or one made from the name in the package.
 *
 * @param url canonical
 * @param wanted the name made from that in the package
 * @param family the identifiers derived from a name
 * @param kept the previous name
 * @param naming the names already claimed
 * @throws CodegenError when the user has given one of its identifiers to something else
 */
export function ownName(
  url: string,
  wanted: string,
  family: (name: string) => string[],
  kept: string | undefined,
  { given, exports }: Naming,
): string {
  const own = given.of(url);
  if (own !== undefined) return own;
  const name = kept ?? wanted;
  given.leave(url, family(name));
  return claimFamily(name, family, url, exports);
}

/** A name whose whole family is free, so that no member needs a separate suffix. */
function claimFamily(wanted: string, family: (name: string) => string[], owner: string, exports: Scope): string {
  const isFree = (name: string): boolean => family(name).every((member) => !exports.has(member));
  if (!isFree(wanted)) {
    const probe = scope([wanted]);
    let name = probe.claim(wanted, owner);
    while (!isFree(name)) name = probe.claim(wanted, owner);
    for (const member of family(name)) exports.claim(member, owner);
    return name;
  }
  for (const member of family(wanted)) exports.claim(member, owner);
  return wanted;
}

/**
 * A name made from that in the package: unchanged if it is a valid type name.
 *
 * @param name of a StructureDefinition or ValueSet
 * @param suffix the suffix for a name that is reserved by the language or the runtime
 */
export function typeName(name: string, suffix: string): string {
  const pascal = isIdentifier(name) && /^[A-Z]/.test(name) ? name : pascalCase(name);
  return isReserved(pascal) || RUNTIME_EXPORTS.includes(pascal) || MODULE_SCOPE.includes(pascal)
    ? `${pascal}${suffix}`
    : pascal;
}

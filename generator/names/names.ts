import type { FhirType, ValueSetModel } from '../model/model.js';
import type { ResolvedModel, ResolvedProfile } from '../model/resolved.js';
import { constantNames, type ConstantNames } from './constants.js';
import { isIdentifier, isReserved, kebabCase, pascalCase } from './identifier.js';
import { EMPTY_LEDGER, type NameLedger } from './ledger.js';
import { partNames, type InnerNames, type PartNames } from './part-names.js';
import { RUNTIME_EXPORTS } from './runtime-exports.js';
import { GivenNames, type NameOverrides } from './overrides.js';
import { scope, type Scope } from './scope.js';

/** Every identifier and file name of the output: unique, and stable when an unrelated profile comes or goes. */
export interface Names {
  /** By canonical. */
  readonly profiles: ReadonlyMap<string, ProfileNames>;
  /** By canonical. */
  readonly valueSets: ReadonlyMap<string, ValueSetNames>;
  /** By name of the FHIR type. */
  readonly fhirTypes: ReadonlyMap<string, FhirTypeNames>;
}

/** Names that a profile gets. */
export interface ProfileNames extends InnerNames {
  readonly interface: string;
  readonly input: string;
  readonly builder: string;
  readonly create: string;
  readonly guard: string;
  readonly validate: string;
  readonly assert: string;
  readonly parse: string;
  /** The profile as a value: its validator table. */
  readonly table: string;
  /** What `create` fills in. */
  readonly completion: string;
  /** Path below the output folder, without extension: `ans.example/some-profile`. */
  readonly file: string;
}

/** Names that a value set gets. */
export interface ValueSetNames {
  readonly name: string;
  /** The constant with one member per code, and these. */
  readonly constants: ConstantNames;
  /** Union of codes. */
  readonly code: string;
  /** Type of a Coding. */
  readonly coding: string;
  /** The codes for validators. */
  readonly codes: string;
  readonly file: string;
}

/** Names that a FHIR type gets. */
export interface FhirTypeNames {
  /** Validator table of a resource type. */
  readonly table: string;
  readonly file: string;
}

/** Type that every generated module may speak of without importing it from another generated module. */
const MODULE_SCOPE = [
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

/** What the caller may choose about names. */
export interface NameOptions {
  /** Names that the user gives; they go before all others. */
  readonly overrides?: NameOverrides | undefined;
  /** Names that were given before; they stay. */
  readonly ledger?: NameLedger | undefined;
}

/**
 * Gives names to everything in a model.
 *
 * @param model all profiles and value sets
 * @param options see there
 * @throws CodegenError when a name that is given cannot be one, or two things would have it
 */
export function nameAll(model: ResolvedModel, options: NameOptions = {}): Names {
  const { overrides = new Map<string, string>(), ledger = EMPTY_LEDGER } = options;
  const exports = scope([...RUNTIME_EXPORTS, ...MODULE_SCOPE]);
  const files = scope(['index', 'profiles'], { fold: true });
  const given = new GivenNames(overrides);
  takeGiven(model, given, exports);
  const name: Naming = { given, exports, files, ledger };

  // What was there before keeps its names; then the wanted package's own profiles come before what else is reached.
  const families = new Map<string, ProfileFamily>();
  const rank = (profile: ResolvedProfile): number => (ledger.profiles.has(profile.url) ? 0 : profile.wanted ? 1 : 2);
  for (const profile of [...model.profiles].sort((a, b) => rank(a) - rank(b))) {
    families.set(profile.url, profileFamilyOf(profile, name));
  }
  const fhirTypes = new Map<string, FhirTypeNames>();
  for (const type of model.fhirTypes) fhirTypes.set(type.name, fhirTypeNames(type, exports, files));
  const valueSets = new Map<string, ValueSetNames>();
  const isOld = (valueSet: ValueSetModel): boolean => ledger.valueSets.has(valueSet.url);
  for (const valueSet of [...model.valueSets.filter(isOld), ...model.valueSets.filter((one) => !isOld(one))]) {
    valueSets.set(valueSet.url, valueSetNames(valueSet, name));
  }
  return { profiles: profilesOf(model.profiles, families, exports, ledger), valueSets, fhirTypes };
}

/** What names are given with. */
interface Naming {
  readonly given: GivenNames;
  readonly exports: Scope;
  readonly files: Scope;
  readonly ledger: NameLedger;
}

/** The names of a profile itself. */
type ProfileFamily = Omit<ProfileNames, keyof InnerNames>;

/** The profile itself as one of its parts. */
function rootNames({ interface: type, input, builder }: ProfileFamily): PartNames {
  return {
    type,
    input,
    builder,
    members: `${type}Members`,
    inputMembers: `${type}InputMembers`,
    choice: `${type}Choice`,
    choiceInput: `${type}ChoiceInput`,
  };
}

/** The parts of a profile are named when all profiles and value sets are. */
function profilesOf(
  profiles: readonly ResolvedProfile[],
  families: ReadonlyMap<string, ProfileFamily>,
  exports: Scope,
  ledger: NameLedger,
): ReadonlyMap<string, ProfileNames> {
  const isOld = ({ url }: ResolvedProfile): boolean => ledger.profiles.has(url);
  const named = new Map<string, ProfileNames>();
  for (const profile of [...profiles.filter(isOld), ...profiles.filter((one) => !isOld(one))]) {
    const family = families.get(profile.url);
    if (family === undefined) continue;
    const taken = [...RUNTIME_EXPORTS, ...Object.values(family)];
    const inner = partNames(profile, family.interface, { exports, taken, ledger: ledger.profiles.get(profile.url) });
    named.set(profile.url, { ...family, ...inner, parts: new Map([['', rootNames(family)], ...inner.parts]) });
  }
  return named;
}

/** Names that the user gives come first, those of value sets too: none depends on the order of the others. */
function takeGiven(model: ResolvedModel, given: GivenNames, exports: Scope): void {
  const all = [
    ...model.profiles.map(({ url }) => ({ url, family: profileFamily })),
    ...model.valueSets.map(({ url }) => ({ url, family: valueSetFamily })),
  ];
  for (const { url, family } of all) {
    const name = given.of(url);
    if (name === undefined) continue;
    given.take(url, name, family(name), exports.has);
    for (const member of family(name)) exports.claim(member, url);
  }
}

function profileFamily(name: string): string[] {
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
    `${name}InputMembers`,
  ];
}

function valueSetFamily(name: string): string[] {
  return [name, `${name}Code`, `${name}Coding`, `${name}Codes`];
}

/** The name that the user gives, or one made from the name that the package gives. */
function ownName(
  url: string,
  wanted: string,
  family: (name: string) => string[],
  kept: string | undefined,
  { given, exports }: Naming,
): string {
  const own = given.of(url);
  if (own !== undefined) return own;
  const isKept = kept !== undefined && isIdentifier(kept) && !isReserved(kept);
  given.leave(url, family(isKept ? kept : wanted));
  return claimFamily(isKept ? kept : wanted, family, url, exports);
}

function profileFamilyOf(profile: ResolvedProfile, naming: Naming): ProfileFamily {
  const known = naming.ledger.profiles.get(profile.url);
  const wanted = typeName(profile.name, profile.kind === 'extension' ? 'Extension' : 'Profile');
  const name = ownName(profile.url, wanted, profileFamily, known?.name, naming);
  const file = `${folderOf(profile.package)}/${kebabCase(profile.id)}`;
  return {
    interface: name,
    input: `${name}Input`,
    builder: `${name}Builder`,
    create: `create${name}`,
    guard: `is${name}`,
    validate: `validate${name}`,
    assert: `assert${name}`,
    parse: `parse${name}`,
    table: `${name}Table`,
    completion: `${name}Completion`,
    file: naming.files.claim(keptFile(known?.file, file), profile.url),
  };
}

/** A file that was given before stays when it is in the same folder: a ledger cannot lead out of the output. */
function keptFile(kept: string | undefined, wanted: string): string {
  const folder = wanted.slice(0, wanted.lastIndexOf('/') + 1);
  return kept?.startsWith(folder) === true && /^[\w-]+$/.test(kept.slice(folder.length)) ? kept : wanted;
}

/** A name whose whole family is free, so that no member of it needs a suffix of its own. */
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

/** A StructureDefinition's name as it is where it can be a type name. */
function typeName(name: string, suffix: string): string {
  const pascal = isIdentifier(name) && /^[A-Z]/.test(name) ? name : pascalCase(name);
  return isReserved(pascal) || RUNTIME_EXPORTS.includes(pascal) || MODULE_SCOPE.includes(pascal)
    ? `${pascal}${suffix}`
    : pascal;
}

function valueSetNames(valueSet: ValueSetModel, naming: Naming): ValueSetNames {
  const known = naming.ledger.valueSets.get(valueSet.url);
  const wanted = typeName(valueSet.name, 'ValueSet');
  const name = ownName(valueSet.url, wanted, valueSetFamily, known?.name, naming);
  const last = valueSet.url.slice(valueSet.url.lastIndexOf('/') + 1);
  const file = `${folderOf(valueSet.package)}/value-sets/${kebabCase(last)}`;
  return {
    name,
    constants: constantNames(name, valueSet.systems, known?.constants),
    code: `${name}Code`,
    coding: `${name}Coding`,
    codes: `${name}Codes`,
    file: naming.files.claim(keptFile(known?.file, file), valueSet.url),
  };
}

function fhirTypeNames(type: FhirType, exports: Scope, files: Scope): FhirTypeNames {
  return {
    table: exports.claim(`${pascalCase(type.name)}Elements`, type.name),
    file: files.claim(`${folderOf(type.package)}/types/${kebabCase(type.name)}`, type.name),
  };
}

/** One folder per source package; package names are `a.b.c`, so dots stay. */
function folderOf(packageId: string): string {
  const name = packageId.slice(0, packageId.lastIndexOf('#') === -1 ? undefined : packageId.lastIndexOf('#'));
  const parts = name.split('.').map(kebabCase);
  const folder = parts.join('.');
  return folder === 'runtime' || folder === '' ? `package-${folder}` : folder;
}

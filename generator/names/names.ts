import type { FhirType, Model, ProfileModel, ValueSetModel } from '../model/model.js';
import { camelCase, isIdentifier, isReserved, kebabCase, pascalCase } from './identifier.js';
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
  /**
   * The name of a type that a profile needs for one of its parts; the same for the same part each time.
   *
   * @param profile canonical
   * @param part where it stands: `series.instance`
   * @param suffix kind of type: `Input`, `Builder`
   */
  nested(profile: string, part: string, suffix?: string): string;
}

/** Names that a profile gets. */
export interface ProfileNames {
  readonly interface: string;
  readonly input: string;
  readonly builder: string;
  readonly create: string;
  readonly guard: string;
  readonly validate: string;
  readonly assert: string;
  readonly parse: string;
  /** The facts of the profile for validators. */
  readonly table: string;
  /** What `create` does, as data. */
  readonly completion: string;
  /** Path below the output folder, without extension: `ans.example/some-profile`. */
  readonly file: string;
}

/** Names that a value set gets. */
export interface ValueSetNames {
  /** The constant with one member per code. */
  readonly constants: string;
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

/**
 * Gives names to everything in a model.
 *
 * @param model all profiles and value sets
 * @param overrides names that the user gives
 * @throws CodegenError when a name that is given cannot be one, or two things would have it
 */
export function nameAll(model: Model, overrides: NameOverrides = new Map()): Names {
  const exports = scope([...RUNTIME_EXPORTS, ...MODULE_SCOPE]);
  const files = scope(['index', 'profiles'], { fold: true });
  const profiles = new Map<string, ProfileNames>();
  // The wanted package's own profiles come first: what else is reached must not change their names.
  const ordered = [...model.profiles.filter((one) => one.wanted), ...model.profiles.filter((one) => !one.wanted)];
  const given = new GivenNames(overrides);
  takeGiven(model, given, exports);
  for (const profile of ordered) profiles.set(profile.url, profileNames(profile, given, exports, files));
  const fhirTypes = new Map<string, FhirTypeNames>();
  for (const type of model.fhirTypes) fhirTypes.set(type.name, fhirTypeNames(type, exports, files));
  const valueSets = new Map<string, ValueSetNames>();
  for (const valueSet of model.valueSets) valueSets.set(valueSet.url, valueSetNames(valueSet, given, exports, files));

  const nested = new Map<string, string>();
  return {
    profiles,
    valueSets,
    fhirTypes,
    nested(profile, part, suffix = '') {
      const key = JSON.stringify([profile, part, suffix]);
      const known = nested.get(key);
      if (known !== undefined) return known;
      const owner = profiles.get(profile)?.interface ?? pascalCase(profile);
      const name = exports.claim(`${owner}${part.split('.').map(pascalCase).join('')}${suffix}`, `${profile}#${part}`);
      nested.set(key, name);
      return name;
    },
  };
}

/** Names that the user gives come first, those of value sets too: none depends on the order of the others. */
function takeGiven(model: Model, given: GivenNames, exports: Scope): void {
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
  given: GivenNames,
  exports: Scope,
): string {
  const own = given.of(url);
  if (own !== undefined) return own;
  given.leave(url, family(wanted));
  return claimFamily(wanted, family, url, exports);
}

function profileNames(profile: ProfileModel, given: GivenNames, exports: Scope, files: Scope): ProfileNames {
  const wanted = typeName(profile.name, profile.kind === 'extension' ? 'Extension' : 'Profile');
  const name = ownName(profile.url, wanted, profileFamily, given, exports);
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
    file: files.claim(`${folderOf(profile.package)}/${kebabCase(profile.id)}`, profile.url),
  };
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

function valueSetNames(valueSet: ValueSetModel, given: GivenNames, exports: Scope, files: Scope): ValueSetNames {
  const wanted = typeName(valueSet.name, 'ValueSet');
  const name = ownName(valueSet.url, wanted, valueSetFamily, given, exports);
  const last = valueSet.url.slice(valueSet.url.lastIndexOf('/') + 1);
  return {
    constants: name,
    code: `${name}Code`,
    coding: `${name}Coding`,
    codes: `${name}Codes`,
    file: files.claim(`${folderOf(valueSet.package)}/value-sets/${kebabCase(last)}`, valueSet.url),
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

/**
 * Names for members of one type or functions of one module, unique among themselves.
 *
 * @param wanted in order of preference, for each thing: the first that nobody else wants is taken
 * @returns the names, in the order of `wanted`
 */
export function distinct(wanted: readonly (readonly [string, ...string[]])[]): string[] {
  const names: (string | undefined)[] = wanted.map(() => undefined);
  const taken = new Set<string>();
  const depth = Math.max(0, ...wanted.map((one) => one.length));
  for (let level = 0; level < depth; level += 1) {
    const counts = new Map<string, number>();
    wanted.forEach((one, index) => {
      const name = one[level];
      if (names[index] === undefined && name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    });
    wanted.forEach((one, index) => {
      const name = one[level];
      if (names[index] !== undefined || name === undefined || counts.get(name) !== 1 || taken.has(name)) return;
      names[index] = name;
      taken.add(name);
    });
  }
  const last = scope(names.filter((name) => name !== undefined));
  return names.map((name, index) => name ?? last.claim(wanted[index]?.at(-1) ?? 'x', String(index)));
}

/**
 * The keys of slices in the input of `create`, unique among themselves.
 *
 * @param slices FHIR slice names
 * @returns keys, in the order of `slices`
 */
export function sliceKeys(slices: readonly string[]): string[] {
  return distinct(slices.map((name) => [sliceKey(name), sliceKey(`${name}Slice`)]));
}

/**
 * The key of a slice in the input of `create`, and the base of the names of its methods and reader.
 *
 * @param slice FHIR slice name
 * @returns the name itself where it is an identifier
 */
export function sliceKey(slice: string): string {
  const key = isIdentifier(slice) ? slice : camelCase(slice);
  // What every object has would be found where no slice is given.
  return key === 'others' || key in Object.prototype ? `${key}Slice` : key;
}

import { lastSegment } from '../fhir/canonical.js';
import type { FhirType, ValueSetModel } from '../model/model.js';
import type { ResolvedModel, ResolvedProfile } from '../model/resolved.js';
import { constantNames, type ConstantNames } from './constants.js';
import { keptName, MODULE_SCOPE, type Naming, ownName, profileFamily, typeName, valueSetFamily } from './family.js';
import { kebabCase, pascalCase } from './identifier.js';
import { EMPTY_LEDGER, type NameLedger, type ProfileLedger, type ValueSetLedger } from './ledger.js';
import { GivenNames, type NameOverrides } from './overrides.js';
import { familyOfPart, type InnerNames, keptTypes, partNames, type PartNames } from './part-names.js';
import { folderOf, keptPath } from './path.js';
import { RUNTIME_EXPORTS } from './runtime-exports.js';
import { scope, type Scope } from './scope.js';

/**
 * Chooses every identifier and file name of the output: unique, and stable when unrelated profiles are added or
 * removed.
 */
export interface Names {
  /** By canonical. */
  readonly profiles: ReadonlyMap<string, ProfileNames>;
  /** By canonical. */
  readonly valueSets: ReadonlyMap<string, ValueSetNames>;
  /** By name of the FHIR type. */
  readonly fhirTypes: ReadonlyMap<string, FhirTypeNames>;
}

/** The names of a profile. */
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
  /** Type of a reference to a resource of the profile, in {@link references}. */
  readonly reference: string;
  /** Path of the module with the types of references to all profiles of the package. */
  readonly references: string;
  /** Path below the output folder, without extension: `ans.example/some-profile`. */
  readonly file: string;
}

/** The names of a value set. */
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

/** The names of a FHIR type. */
export interface FhirTypeNames {
  /** Validator table of a resource type. */
  readonly table: string;
  readonly file: string;
}

/** Options for names. */
export interface NameOptions {
  /** The user's names; they take precedence. */
  readonly overrides?: NameOverrides | undefined;
  /** Names from earlier runs; they stay. */
  readonly ledger?: NameLedger | undefined;
  /** The user's folders, by name of the FHIR package; others have the name of their package. */
  readonly folders?: ReadonlyMap<string, string> | undefined;
  /** A value set with more codes than this has no constants; all have if absent. */
  readonly codeLimit?: number | undefined;
}

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * Gives names to everything in a model.
 *
 * @param model all profiles and value sets
 * @param options see {@link NameOptions}
 * @throws CodegenError when a configured name is not valid or would be used twice
 */
export function nameAll(model: ResolvedModel, options: NameOptions = {}): Names {
  const { overrides = NONE, ledger = EMPTY_LEDGER, folders = NONE, codeLimit = Infinity } = options;
  const exports = scope([...RUNTIME_EXPORTS, ...MODULE_SCOPE]);
  const references = new Set(model.profiles.map((profile) => referencesOf(profile, folders)));
  const files = scope(['index', 'profiles', ...references], { fold: true });
  const naming: Naming = { given: new GivenNames(overrides), exports, files, folders, codeLimit };
  takeGiven(model, naming);

  const families = new Map<string, ProfileFamily>();
  const nameProfiles = (profiles: readonly ResolvedProfile[]): void => {
    for (const one of profiles) families.set(one.url, profileFamilyOf(one, ledger.profiles.get(one.url), naming));
  };
  const valueSets = new Map<string, ValueSetNames>();
  const nameValueSets = (all: readonly ValueSetModel[]): void => {
    for (const one of all) valueSets.set(one.url, valueSetNames(one, ledger.valueSets.get(one.url), naming));
  };

  // Profiles and value sets of the previous output come first, with the types of their parts, and keep their names.
  const profiles = byAge(model.profiles, ledger.profiles, overrides);
  const codes = byAge(model.valueSets, ledger.valueSets, overrides);
  nameProfiles(profiles.old);
  nameValueSets(codes.old);
  const kept = new Map(
    profiles.old.map((profile) => [
      profile.url,
      keptTypes(profile, families.get(profile.url)?.interface ?? '', exports, ledger.profiles.get(profile.url)),
    ]),
  );
  // Then the root package's own profiles, before referenced ones.
  nameProfiles(profiles.fresh.filter(({ wanted }) => wanted));
  nameProfiles(profiles.fresh.filter(({ wanted }) => !wanted));
  const fhirTypes = new Map(model.fhirTypes.map((type) => [type.name, fhirTypeNames(type, naming)]));
  nameValueSets(codes.fresh);

  const named = [...profiles.old, ...profiles.fresh].flatMap((profile): [string, ProfileNames][] => {
    const family = families.get(profile.url);
    return family === undefined
      ? []
      : [[profile.url, withParts(profile, family, kept.get(profile.url), exports, ledger)]];
  });
  return { profiles: new Map(named), valueSets, fhirTypes };
}

/** Profiles that keep a previous name or have a configured one, and the others. */
function byAge<T extends { readonly url: string }>(
  all: readonly T[],
  ledger: ReadonlyMap<string, ProfileLedger | ValueSetLedger>,
  overrides: NameOverrides,
): { readonly old: readonly T[]; readonly fresh: readonly T[] } {
  const isOld = ({ url }: T): boolean => {
    const known = ledger.get(url);
    return known !== undefined && (overrides.has(url) || keptName(known) !== undefined);
  };
  return { old: all.filter(isOld), fresh: all.filter((one) => !isOld(one)) };
}

/** The names of a profile itself. */
type ProfileFamily = Omit<ProfileNames, keyof InnerNames>;

/** The parts of a profile are named after all profiles and value sets. */
function withParts(
  profile: ResolvedProfile,
  family: ProfileFamily,
  kept: ReadonlyMap<string, string> | undefined,
  exports: Scope,
  ledger: NameLedger,
): ProfileNames {
  const inner = partNames(profile, family.interface, {
    exports,
    types: kept ?? new Map(),
    taken: [...RUNTIME_EXPORTS, ...Object.values(family)],
    ledger: ledger.profiles.get(profile.url),
  });
  const root: [string, PartNames] = ['', familyOfPart(family.interface)];
  return { ...family, ...inner, parts: new Map([root, ...inner.parts]) };
}

/** The user's names come first, also for value sets, so they do not depend on the order of the others. */
function takeGiven(model: ResolvedModel, { given, exports }: Naming): void {
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

/** One small module for all profiles of a package: importing a type from it loads no profile. */
function referencesOf({ package: id }: ResolvedProfile, folders: ReadonlyMap<string, string>): string {
  return `${folderOf(id, folders)}/references`;
}

function profileFamilyOf(profile: ResolvedProfile, known: ProfileLedger | undefined, naming: Naming): ProfileFamily {
  const wanted = typeName(profile.name, profile.kind === 'extension' ? 'Extension' : 'Profile');
  const name = ownName(profile.url, wanted, profileFamily, keptName(known), naming);
  const file = `${folderOf(profile.package, naming.folders)}/${kebabCase(profile.id)}`;
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
    reference: `${name}Reference`,
    references: referencesOf(profile, naming.folders),
    file: naming.files.claim(keptPath(known?.file, file), profile.url),
  };
}

function valueSetNames(valueSet: ValueSetModel, known: ValueSetLedger | undefined, naming: Naming): ValueSetNames {
  const wanted = typeName(valueSet.name, 'ValueSet');
  const size = valueSet.systems.reduce((sum, { concepts }) => sum + concepts.length, 0);
  const isListed = size <= naming.codeLimit;
  const name = ownName(valueSet.url, wanted, valueSetFamily, keptName(known), naming);
  const file = `${folderOf(valueSet.package, naming.folders)}/value-sets/${kebabCase(lastSegment(valueSet.url))}`;
  return {
    name,
    constants: constantNames(name, isListed ? valueSet.systems : [], known?.constants),
    code: `${name}Code`,
    coding: `${name}Coding`,
    codes: `${name}Codes`,
    file: naming.files.claim(keptPath(known?.file, file), valueSet.url),
  };
}

function fhirTypeNames(type: FhirType, { exports, files, folders }: Naming): FhirTypeNames {
  return {
    table: exports.claim(`${pascalCase(type.name)}Elements`, type.name),
    file: files.claim(`${folderOf(type.package, folders)}/types/${kebabCase(type.name)}`, type.name),
  };
}

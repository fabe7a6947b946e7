import type { ResolvedElement, ResolvedProfile, ResolvedSlice } from '../model/resolved.js';
import { distinct, type Wish } from './distinct.js';
import { camelCase, isIdentifier, pascalCase } from './identifier.js';
import type { ProfileLedger } from './ledger.js';
import { type Parts, partsOf } from './parts.js';
import type { Scope } from './scope.js';
import { sliceKey } from './slice-key.js';

/** Names inside the module of a profile. */
export interface InnerNames {
  /** Types, by path of the element. */
  readonly parts: ReadonlyMap<string, PartNames>;
  /** Keys of slices in the input of `create`, by id of the slice. */
  readonly slices: ReadonlyMap<string, string>;
  /** Readers of slices, by id of the slice. */
  readonly readers: ReadonlyMap<string, string>;
  /** Writers of slices, by id of the slice: named after the readers. */
  readonly writers: ReadonlyMap<string, string>;
  /** Methods of builders: by path of the object, then by JSON name of the member, or by {@link memberSlice}. */
  readonly methods: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Names of the types of a part. */
export interface PartNames {
  readonly type: string;
  readonly input: string;
  readonly builder: string;
  /** Members that belong to no choice, where the type is an alias. */
  readonly members: string;
  /** Members of a choice. */
  readonly choice: string;
  readonly choiceInput: string;
}

/** The context in which the parts of a profile are named. */

interface PartNaming {
  readonly exports: Scope;
  /** Types of parts that keep their names, by path of the element, see {@link keptTypes}. */
  readonly types: ReadonlyMap<string, string>;
  /** Reserved names of functions in the module. */
  readonly taken: readonly string[];
  readonly ledger: ProfileLedger | undefined;
}

/**
 * The name of a slice in the methods of a builder.
 *
 * @param member JSON name of the sliced element
 * @param slice FHIR slice name
 */
function memberSlice(member: string, slice: string): string {
  return `${member}:${slice}`;
}

/**
 * Names for the parts of a profile.
 *
 * @param profile resolved
 * @param owner name of its interface
 * @param naming the names that are taken, and those of the previous output
 */
export function partNames(profile: ResolvedProfile, owner: string, naming: PartNaming): InnerNames {
  const parts = partsOf(profile.root);
  const slices = sliceKeys(parts, naming.ledger);
  const readers = readerNames(parts, slices, naming);
  return {
    parts: typeNames(parts.types, profile.url, owner, naming),
    slices,
    readers,
    writers: new Map([...readers].map(([id, reader]) => [id, writerName(reader)])),
    methods: new Map(parts.objects.map((object) => [object.path, methodNames(object, slices, naming.ledger)])),
  };
}

const SUFFIXES = ['', 'Input', 'Builder', 'Members', 'Choice', 'ChoiceInput'] as const;

/**
 * The identifiers derived from the name of a type.
 *
 * @param type name of the type of a part, or of the profile itself
 */
export function familyOfPart(type: string): PartNames {
  return {
    type,
    input: `${type}Input`,
    builder: `${type}Builder`,
    members: `${type}Members`,
    choice: `${type}Choice`,
    choiceInput: `${type}ChoiceInput`,
  };
}

/**
 * Claims the earlier names of the types of a profile's parts.
 *
 * @param profile resolved
 * @param owner name of its interface
 * @param exports names of all modules
 * @param ledger of the profile, which may have been edited
 * @returns the names of the remaining parts, by path of the element
 */
export function keptTypes(
  profile: ResolvedProfile,
  owner: string,
  exports: Scope,
  ledger: ProfileLedger | undefined,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { path } of partsOf(profile.root).types) {
    const name = `${owner}${ledger?.parts.get(path) ?? ''}`;
    if (name === owner || !isIdentifier(name) || SUFFIXES.some((suffix) => exports.has(name + suffix))) continue;
    names.set(path, exports.claimFamily(name, SUFFIXES, `${profile.url}#${path}`));
  }
  return names;
}

function typeNames(
  parts: readonly ResolvedElement[],
  url: string,
  owner: string,
  { exports, types }: PartNaming,
): ReadonlyMap<string, PartNames> {
  const names = new Map<string, PartNames>();
  for (const { path, content, base } of parts) {
    if (path === '') continue;
    // The type of a primitive is that of its sibling property in JSON, whose name begins with an underscore.
    const isTwin = content === 'primitive' && !base.choice;
    const wanted = owner + path.split('.').map(pascalCase).join('') + (isTwin ? 'Element' : '');
    names.set(path, familyOfPart(types.get(path) ?? exports.claimFamily(wanted, SUFFIXES, `${url}#${path}`)));
  }
  return names;
}

/**
 * Keys are unique among the slices of one element; one that is the slice's own name takes precedence over all others.
 */
function sliceKeys({ sliced }: Parts, ledger: ProfileLedger | undefined): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const slices of sliced) {
    const kept = new Map(entriesOf(slices, ({ id }) => id, ledger?.slices));
    const used = new Set(kept.values());
    for (const { id, name } of slices) {
      if (!kept.has(id) && !used.has(name)) kept.set(id, name);
    }
    const wishes = slices.map(({ id, name }): Wish => ({
      id,
      names: [sliceKey(name), sliceKey(`${name}Slice`)],
    }));
    // An invalid key is not kept.
    const usable = new Map([...kept].filter(([, key]) => sliceKey(key) === key));
    for (const [id, key] of distinct(wishes, usable)) keys.set(id, key);
  }
  return keys;
}

/** The slices in the ledger. */
function entriesOf(
  slices: readonly ResolvedSlice[],
  keyOf: (slice: ResolvedSlice) => string,
  ledger: ReadonlyMap<string, string> | undefined,
): [string, string][] {
  return slices.flatMap((slice): [string, string][] => {
    const name = ledger?.get(slice.id);
    return name === undefined ? [] : [[keyOf(slice), name]];
  });
}

function readerNames(
  { objects }: Parts,
  keys: ReadonlyMap<string, string>,
  { taken, ledger }: PartNaming,
): ReadonlyMap<string, string> {
  const wishes = objects.flatMap((object) =>
    object.members.flatMap((member): Wish[] => {
      const readable = member.slicing?.slices.filter((slice) => slice.isNamed && slice.isDecidable) ?? [];
      return readable.map(({ id, name }) => {
        const key = keys.get(id) ?? name;
        const qualified = camelCase(`${member.path.replace(/\./g, ' ')} ${key}`);
        return { id, names: [`${camelCase(key)}Of`, `${qualified}Of`] };
      });
    }),
  );
  const kept = [...(ledger?.readers ?? [])].filter(([, name]) => /^[a-z]\w*Of(?:_[0-9a-f]{6})?$/.test(name));
  return distinct(wishes, new Map(kept), taken);
}

/** `cardOf` → `withCard`: no two readers have the same writer, as all begin with a small letter. */
function writerName(reader: string): string {
  return `with${pascalCase(reader.charAt(0))}${reader.slice(1).replace(/Of(?=_[0-9a-f]{6}$|$)/, '')}`;
}

function methodNames(
  { members }: ResolvedElement,
  keys: ReadonlyMap<string, string>,
  ledger: ProfileLedger | undefined,
): ReadonlyMap<string, string> {
  const present = members.filter((member) => member.max > 0);
  const wishes = present.flatMap((member) => methodWishes(member, keys));
  // Members of every resource or element have the methods that all builders share.
  const own = new Set(members.flatMap(ownMethods));
  const kept = present.flatMap((member) =>
    entriesOf(member.slicing?.slices ?? [], ({ name }) => memberSlice(member.base.name, name), ledger?.methods),
  );
  return distinct(wishes, new Map(kept.filter(([, name]) => /^add[A-Z]\w*$/.test(name) && !own.has(name))));
}

/** The names that methods for all values of a member have, or could have. */
function ownMethods({ base, options }: ResolvedElement): string[] {
  const names = base.choice ? options.map((option) => option.base.name) : [base.name];
  return names.flatMap((name) => [`add${pascalCase(name)}`, `set${pascalCase(name)}`]);
}

function methodWishes(member: ResolvedElement, keys: ReadonlyMap<string, string>): Wish[] {
  const { name, array, choice } = member.base;
  if (choice) {
    return member.options.map(({ base }) => ({ id: base.name, names: [`set${pascalCase(base.name)}`] }));
  }
  const own: Wish = { id: name, names: [`${array && member.max > 1 ? 'add' : 'set'}${pascalCase(name)}`] };
  const named = member.slicing?.slices.filter((slice) => slice.isNamed) ?? [];
  const slices = named.map((slice): Wish => {
    const key = pascalCase(keys.get(slice.id) ?? slice.name);
    return { id: memberSlice(name, slice.name), names: [`add${key}`, `add${pascalCase(name)}${key}`] };
  });
  return member.slicing?.takesOthers === false ? slices : [...slices, own];
}

import type { ResolvedElement, ResolvedProfile } from '../model/resolved.js';
import { distinct, type Wish } from './distinct.js';
import { camelCase, pascalCase } from './identifier.js';
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
  readonly inputMembers: string;
  /** Members of a choice. */
  readonly choice: string;
  readonly choiceInput: string;
}

/** What the names of a profile's parts are given with. */
interface PartNaming {
  readonly exports: Scope;
  /** Names that no function of the module may have. */
  readonly taken: readonly string[];
  readonly ledger: ProfileLedger | undefined;
}

/**
 * What a slice is called among the methods of a builder.
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
 * @param naming names that are taken, or were given before
 */
export function partNames(profile: ResolvedProfile, owner: string, naming: PartNaming): InnerNames {
  const parts = partsOf(profile.root);
  const slices = sliceKeys(parts, naming.ledger);
  return {
    parts: typeNames(parts.types, profile.url, owner, naming),
    slices,
    readers: readerNames(parts, slices, naming),
    methods: new Map(parts.objects.map((object) => [object.path, methodNames(object, slices, naming.ledger)])),
  };
}

const SUFFIXES = ['', 'Input', 'Builder', 'Members', 'InputMembers', 'Choice', 'ChoiceInput'] as const;

function typeNames(
  parts: readonly ResolvedElement[],
  url: string,
  owner: string,
  { exports, ledger }: PartNaming,
): ReadonlyMap<string, PartNames> {
  const names = new Map<string, PartNames>();
  const isFree = (name: string): boolean => SUFFIXES.every((suffix) => !exports.has(name + suffix));
  for (const { path, content, base } of parts) {
    if (path === '') continue;
    // The type of a primitive is that of the element beside it, which JSON keeps under an underscore.
    const isTwin = content === 'primitive' && !base.choice;
    const wanted = owner + path.split('.').map(pascalCase).join('') + (isTwin ? 'Element' : '');
    const kept = ledger?.parts.get(path);
    const type = exports.claimFamily(kept !== undefined && isFree(kept) ? kept : wanted, SUFFIXES, `${url}#${path}`);
    names.set(path, {
      type,
      input: `${type}Input`,
      builder: `${type}Builder`,
      members: `${type}Members`,
      inputMembers: `${type}InputMembers`,
      choice: `${type}Choice`,
      choiceInput: `${type}ChoiceInput`,
    });
  }
  return names;
}

/** Keys are unique among the slices of one element. */
function sliceKeys({ sliced }: Parts, ledger: ProfileLedger | undefined): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const slices of sliced) {
    const wishes = slices.map(({ id, name }): Wish => ({
      id,
      names: [sliceKey(name), sliceKey(`${name}Slice`)],
    }));
    for (const [id, key] of distinct(wishes, ledger?.slices)) keys.set(id, key);
  }
  return keys;
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
  return distinct(wishes, ledger?.readers, taken);
}

function methodNames(
  { path, members }: ResolvedElement,
  keys: ReadonlyMap<string, string>,
  ledger: ProfileLedger | undefined,
): ReadonlyMap<string, string> {
  const wishes = members.filter((member) => member.max > 0).flatMap((member) => methodWishes(member, keys));
  const prefix = path === '' ? '' : `${path}.`;
  const kept = new Map(
    [...(ledger?.methods ?? [])].flatMap(([id, name]): [string, string][] =>
      id.startsWith(prefix) ? [[id.slice(prefix.length), name]] : [],
    ),
  );
  return distinct(wishes, kept);
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

import type { UnitPair } from '../diff/exports.js';
import type { Matching } from '../diff/match.js';
import type { Names, ProfileNames } from '../names/names.js';

/** Renamed members of exports: methods of builders, and keys of slices in inputs. */
export interface MemberRenames {
  /**
   * By name of the builder on the old side, then of the method; `undefined` for a method that was removed with its
   * slice.
   */
  readonly methods: ReadonlyMap<string, ReadonlyMap<string, string | undefined>>;
  /** By name of `create` and of the input on the old side, then by path in it: `contact.extension.old`. */
  readonly keys: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/**
 * The members that have another name on the new side.
 *
 * @param units all profiles and value sets on both sides
 * @param old names on the old side
 * @param next names on the new side
 * @param slices the renamed slices, see `Matching.slices`
 */
export function memberRenames(
  units: readonly UnitPair[],
  old: Names,
  next: Names,
  slices: Matching['slices'],
): MemberRenames {
  const after = new Map([...next.profiles.values()].map((names) => [names.file, names]));
  const partners = new Map(units.map((unit) => [unit.before.file, after.get(unit.after?.file ?? '')]));
  const methods = new Map<string, ReadonlyMap<string, string | undefined>>();
  const keys = new Map<string, ReadonlyMap<string, string>>();
  for (const [url, names] of old.profiles) {
    const other = partners.get(names.file);
    if (other === undefined) continue;
    const renamed = slices.get(url) ?? new Map<string, string>();
    for (const [builder, own] of methodsOf(names, other, renamed)) methods.set(builder, own);
    const own = keysOf(names, other, renamed);
    if (own.size === 0) continue;
    for (const name of [names.create, names.input]) keys.set(name, own);
  }
  return { methods, keys };
}

function methodsOf(
  old: ProfileNames,
  next: ProfileNames,
  slices: ReadonlyMap<string, string>,
): readonly (readonly [string, ReadonlyMap<string, string | undefined>])[] {
  const dotted = new Map([...slices].map(([from, to]) => [pathOf(from), to]));
  return [...old.methods].flatMap(([path, methods]) => {
    const builder = old.parts.get(path)?.builder;
    const others = next.methods.get(renamedPath(path, dotted));
    if (builder === undefined || others === undefined) return [];
    const own = [...methods].flatMap(([member, method]): [string, string | undefined][] => {
      const to = dotted.get(pathOf(path === '' ? member : `${path}.${member}`));
      const slice = to?.slice(to.lastIndexOf(':'));
      const now = others.get(slice === undefined ? member : member.slice(0, member.indexOf(':')) + slice);
      // A member that only takes slices has no method.
      return now === method || (now === undefined && !member.includes(':')) ? [] : [[method, now]];
    });
    return own.length === 0 ? [] : [[builder, new Map(own)] as const];
  });
}

function keysOf(
  old: ProfileNames,
  next: ProfileNames,
  slices: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const changed = [...slices].flatMap(([from, to]): [string, string][] => {
    const [was, is] = [old.slices.get(from), next.slices.get(to)];
    if (was === undefined || is === undefined || was === is) return [];
    return [[`${pathOf(from.slice(0, from.lastIndexOf(':')))}.${was}`, is]];
  });
  return new Map(changed);
}

/** A path with the new names of slices. */
function renamedPath(path: string, slices: ReadonlyMap<string, string>): string {
  for (const [from, to] of slices) {
    if (path === from || path.startsWith(`${from}.`)) return pathOf(to) + path.slice(from.length);
  }
  return path;
}

/** Ids separate slices by a colon, paths by a dot. */
function pathOf(id: string): string {
  return id.replaceAll(':', '.');
}

import type { ExportPlace, UnitPair } from '../diff/exports.js';
import type { ConstantNames } from '../names/constants.js';
import type { Names } from '../names/names.js';
import type { Matching } from '../diff/match.js';
import { tokenParts } from '../fhir/token.js';
import { type MemberRenames, memberRenames } from './members.js';

/** The exports and members that programs have to rename, and those that were removed. */
export interface Renames extends MemberRenames {
  /**
   * The replacement of each export, by path of its module and by its name, including exports that stay; `undefined` for
   * a removed one.
   */
  readonly exports: ReadonlyMap<string, ReadonlyMap<string, ExportPlace | undefined>>;
  /** New paths of modules that have moved, by old path. */
  readonly modules: ReadonlyMap<string, string>;
  /** Exports of the index, by name. */
  readonly listed: ReadonlyMap<string, ExportPlace | undefined>;
  /** Renamed constants of codes, by name of the value set on the old side; `undefined` for a removed one. */
  readonly constants: ReadonlyMap<string, ReadonlyMap<string, string | undefined>>;
}

/** An export of the old side and its replacement. */
export interface Rename {
  readonly before: ExportPlace;
  readonly after: ExportPlace | undefined;
}

/**
 * The exports and members that programs have to rename.
 *
 * @param units all profiles and value sets on both sides
 * @param old names on the old side
 * @param next names on the new side
 * @param slices the renamed slices, see `Matching.slices`
 */
export function renamesOf(units: readonly UnitPair[], old: Names, next: Names, slices: Matching['slices']): Renames {
  const exports = new Map<string, Map<string, ExportPlace | undefined>>();
  const listed = new Map<string, ExportPlace | undefined>();
  const modules = new Map<string, string>();
  for (const unit of units) {
    for (const { role, before, after } of unit.exports) {
      const own = exports.get(before.file) ?? new Map<string, ExportPlace | undefined>();
      exports.set(before.file, own.set(before.name, after));
      // Readers and writers are in the modules of their profiles only.
      if (role !== 'reader' && role !== 'writer') listed.set(before.name, after);
      if (after !== undefined && after.file !== before.file && !modules.has(before.file)) {
        modules.set(before.file, after.file);
      }
    }
  }
  return {
    exports,
    modules,
    listed,
    constants: constantsOf(units, old, next),
    ...memberRenames(units, old, next, slices),
  };
}

/**
 * The exports that were renamed, moved or removed.
 *
 * @param renames of two sides
 */
export function changedNames({ exports }: Renames): readonly Rename[] {
  return [...exports].flatMap(([file, names]) =>
    [...names].flatMap(([name, after]): Rename[] =>
      after?.name === name && after.file === file ? [] : [{ before: { file, name }, after }],
    ),
  );
}

function constantsOf(units: readonly UnitPair[], old: Names, next: Names): Renames['constants'] {
  const [before, after] = [byFile(old), byFile(next)];
  const renamed = new Map<string, ReadonlyMap<string, string | undefined>>();
  for (const { about, before: was, after: is } of units) {
    const constants = about === 'valueSet' ? before.get(was.file) : undefined;
    const others = is === undefined ? undefined : after.get(is.file);
    if (constants === undefined || others === undefined) continue;
    const keys = keysOf(constants, others);
    if (keys.size > 0) renamed.set(constants.name, keys);
  }
  return renamed;
}

function byFile({ valueSets }: Names): ReadonlyMap<string, ConstantNames> {
  return new Map([...valueSets.values()].map(({ file, constants }) => [file, constants]));
}

/** A code keeps its meaning when its code system is renamed: it is found by system and code, or else by code alone. */
function keysOf(old: ConstantNames, next: ConstantNames): ReadonlyMap<string, string | undefined> {
  const byCode = new Map<string, string | undefined>();
  for (const [id, key] of next.keys) {
    const [, code] = tokenParts(id);
    byCode.set(code, byCode.has(code) ? undefined : key);
  }
  const changed = [...old.keys].flatMap(([id, key]): [string, string | undefined][] => {
    const now = next.keys.get(id) ?? byCode.get(tokenParts(id)[1]);
    return now === key ? [] : [[key, now]];
  });
  return new Map(changed);
}

import type { ExportPlace, UnitPair } from '../diff/exports.js';
import type { ConstantNames } from '../names/constants.js';
import type { Names } from '../names/names.js';
import type { Matching } from '../diff/match.js';
import { tokenParts } from '../fhir/token.js';
import { type MemberRenames, memberRenames } from './members.js';

/** What programs have to call otherwise, and what they can call no longer. */
export interface Renames extends MemberRenames {
  /**
   * What stands in the place of an export, by path of its module and by its name, that which stays included; nothing
   * where it is gone.
   */
  readonly exports: ReadonlyMap<string, ReadonlyMap<string, ExportPlace | undefined>>;
  /** Paths of modules that have moved, by the old one. */
  readonly modules: ReadonlyMap<string, string>;
  /** Exports of the index, by name. */
  readonly listed: ReadonlyMap<string, ExportPlace | undefined>;
  /** Constants of codes that have another name, by name of the value set in the old side; nothing for one that is gone. */
  readonly constants: ReadonlyMap<string, ReadonlyMap<string, string | undefined>>;
}

/** A name of the old side and what stands in its place. */
export interface Rename {
  readonly before: ExportPlace;
  readonly after: ExportPlace | undefined;
}

/**
 * What programs have to call otherwise.
 *
 * @param units all profiles and value sets on both sides
 * @param old names that programs use
 * @param next names that they shall use
 * @param slices that have another name, see `Matching.slices`
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
 * The exports that have another name or are in another module, and those that are gone.
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

/** A code keeps what it means when its code system is called otherwise: it is found by system and code, or by code. */
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

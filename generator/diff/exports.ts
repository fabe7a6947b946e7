import type { ModuleSurface, Surface } from '../emit/surface.js';
import type { Matching, Pair } from './match.js';
import type { Names, ProfileNames, ValueSetNames } from '../names/names.js';

/** The exports of one version of a guide. */
export interface ExportingSide {
  readonly names: Names;
  /** What the modules of profiles, value sets and references export. */
  readonly exports: Surface;
}

/** How an export is used, which decides what has to be assignable to what. */
export type ExportRole = 'value' | 'input' | 'builder' | 'reader' | 'writer' | 'constants' | 'other';

/** An export of a module. */
export interface ExportPlace {
  /** Path of the module, without extension. */
  readonly file: string;
  readonly name: string;
}

/** An export of the old side, and its replacement on the new side. */
export interface ExportPair {
  readonly role: ExportRole;
  readonly before: ExportPlace;
  /** Absent where there is none. */
  readonly after: ExportPlace | undefined;
  /** Whether it belongs to a renamed slice. */
  readonly isOfRenamed: boolean;
}

/** A profile or a value set with its modules on both sides. */
export interface UnitPair {
  readonly about: 'profile' | 'valueSet';
  /** Its canonical in changes: the new one, or the old one when it was removed. */
  readonly canonical: string;
  /** Its own name in programs: of the interface, or of the value set. */
  readonly before: ExportPlace;
  readonly after: ExportPlace | undefined;
  readonly exports: readonly ExportPair[];
}

/**
 * All exports of the old side, with their replacements.
 *
 * @param matching the correspondence of the two sides
 * @param old the old side
 * @param next the new side
 */
export function unitPairs(matching: Matching, old: ExportingSide, next: ExportingSide): readonly UnitPair[] {
  const units = [
    ...matching.profiles.map((pair) => profileExports(pair, old, next, matching.slices.get(pair.before?.url ?? ''))),
    ...matching.valueSets.map((pair) => unitPair('valueSet', pair, valueSetUnit, old, next)),
  ];
  return units.flatMap((unit) => unit ?? []);
}

/**
 * The exports of the old module of a profile, with their replacements.
 *
 * @param pair the profile on both sides, or on one
 * @param old the old side
 * @param next the new side
 * @param slices the renamed slices, see `sliceRenames`
 * @returns `undefined` when the old side has no module for it
 */
export function profileExports(
  pair: Pair<{ readonly url: string }>,
  old: ExportingSide,
  next: ExportingSide,
  slices: ReadonlyMap<string, string> = new Map(),
): UnitPair | undefined {
  return unitPair('profile', pair, profileUnit, old, next, slices);
}

/**
 * The exports of the old module of a value set, with their replacements. An unused value set has no module.
 *
 * @param pair the value set on both sides, or on one
 * @param old the old side
 * @param next the new side
 * @returns `undefined` when the old side has no module for it
 */
export function valueSetExports(
  pair: Pair<{ readonly url: string }>,
  old: ExportingSide,
  next: ExportingSide,
): UnitPair | undefined {
  return unitPair('valueSet', pair, valueSetUnit, old, next);
}

/** The exports of one side for a profile or a value set, by key. */
interface Unit {
  readonly place: ExportPlace;
  readonly roles: Roles;
}

function unitPair(
  about: UnitPair['about'],
  { before, after }: Pair<{ readonly url: string }>,
  unitOf: (side: ExportingSide, url: string) => Unit | undefined,
  old: ExportingSide,
  next: ExportingSide,
  slices: ReadonlyMap<string, string> = new Map(),
): UnitPair | undefined {
  const was = before && unitOf(old, before.url);
  if (before === undefined || was === undefined) return undefined;
  const is = after && unitOf(next, after.url);
  return {
    about,
    canonical: (after ?? before).url,
    before: was.place,
    after: is?.place,
    exports: exportPairs(was.roles, is?.roles, old.exports, next.exports, slices),
  };
}

function profileUnit({ names, exports }: ExportingSide, url: string): Unit | undefined {
  const own = names.profiles.get(url);
  if (own === undefined || !exports.has(own.file)) return undefined;
  return { place: { file: own.file, name: own.interface }, roles: profileRoles(own) };
}

function valueSetUnit({ names, exports }: ExportingSide, url: string): Unit | undefined {
  const own = names.valueSets.get(url);
  if (own === undefined || !exports.has(own.file)) return undefined;
  return { place: { file: own.file, name: own.name }, roles: valueSetRoles(own) };
}

/** An export and its role. */
interface Role extends ExportPlace {
  readonly role: ExportRole;
}

/** Exports by key: the same key on both sides means the same thing, whatever its name. */
type Roles = ReadonlyMap<string, Role>;

function exportPairs(
  before: Roles,
  after: Roles | undefined,
  old: Surface,
  next: Surface,
  slices: ReadonlyMap<string, string>,
): readonly ExportPair[] {
  return [...before].flatMap(([key, { role, file, name }]): ExportPair[] => {
    if (old.get(file)?.has(name) !== true) return [];
    const nextKey = renamedKey(key, slices);
    const other = after?.get(nextKey);
    const exists = other !== undefined && isExported(next.get(other.file), other.name);
    const place = exists ? { file: other.file, name: other.name } : undefined;
    return [{ role, before: { file, name }, after: place, isOfRenamed: nextKey !== key }];
  });
}

/** The key on the new side of an export of a renamed slice: ids separate slices by a colon, paths by a dot. */
function renamedKey(key: string, slices: ReadonlyMap<string, string>): string {
  const [kind = '', ...rest] = key.split(' ');
  const own = rest.join(' ');
  for (const [from, to] of slices) {
    for (const [old, next] of [
      [from, to],
      [from.replaceAll(':', '.'), to.replaceAll(':', '.')],
    ] as const) {
      if (own === old || own.startsWith(`${old}.`) || own.startsWith(`${old}:`)) {
        return `${kind} ${next}${own.slice(old.length)}`;
      }
    }
  }
  return key;
}

function isExported(module: ModuleSurface | undefined, name: string): boolean {
  return module?.has(name) === true;
}

function profileRoles(names: ProfileNames): Roles {
  const { file } = names;
  const roles = new Map<string, Role>();
  for (const [path, part] of names.parts) {
    roles.set(`type ${path}`, { role: 'value', file, name: part.type });
    roles.set(`members ${path}`, { role: 'value', file, name: part.members });
    // A list of the members of a choice: no value has such a type.
    roles.set(`choice ${path}`, { role: 'other', file, name: part.choice });
    roles.set(`input ${path}`, { role: 'input', file, name: part.input });
    roles.set(`choiceInput ${path}`, { role: 'other', file, name: part.choiceInput });
    roles.set(`builder ${path}`, { role: 'builder', file, name: part.builder });
  }
  for (const own of ['create', 'guard', 'validate', 'assert', 'parse', 'table', 'completion'] as const) {
    roles.set(own, { role: 'other', file, name: names[own] });
  }
  for (const [id, name] of names.readers) roles.set(`reader ${id}`, { role: 'reader', file, name });
  for (const [id, name] of names.writers) roles.set(`writer ${id}`, { role: 'writer', file, name });
  roles.set('reference', { role: 'value', file: names.references, name: names.reference });
  return roles;
}

function valueSetRoles({ file, code, coding, codes, constants }: ValueSetNames): Roles {
  return new Map<string, Role>([
    ['code', { role: 'value', file, name: code }],
    ['coding', { role: 'value', file, name: coding }],
    ['constants', { role: 'constants', file, name: constants.name }],
    ['codes', { role: 'other', file, name: codes }],
  ]);
}

/**
 * Exports that were removed, or renamed although their profile or value set kept its name.
 *
 * @param unit a profile or a value set on both sides
 * @returns the exports, including those of renamed slices
 */
export function lostExports({ before, after, exports }: UnitPair): readonly ExportPair[] {
  const isRenamed = before.name !== after?.name;
  return exports.filter((pair) => pair.after === undefined || (!isRenamed && pair.after.name !== pair.before.name));
}

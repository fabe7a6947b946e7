import { fromFile } from '../emit/imports.js';
import { array, jsonValue, name, object, thunk, value, type Value } from '../emit/value.js';
import type { CompletionModel, MemberCompletionModel, SliceCompletionModel } from '../model/completion-model.js';
import type { ResolvedProfile } from '../model/resolved.js';
import type { Names } from '../names/names.js';

/**
 * The completion of a profile, as a `ProfileCompletion`.
 *
 * @param names of everything
 * @param profile any
 * @param table name of the profile's table
 */
export function completionValue(names: Names, profile: ResolvedProfile, table: string): Value {
  return object([
    ['table', name(table)],
    ['unclaimed', profile.completion.unclaimed === undefined ? undefined : value(profile.completion.unclaimed)],
    ['members', membersValue(names, profile.completion.members)],
  ]);
}

function membersValue(names: Names, members: readonly MemberCompletionModel[]): Value | undefined {
  if (members.length === 0) return undefined;
  return object(members.map((member) => [member.key, memberValue(names, member)]));
}

function memberValue(names: Names, { write, beside, ensure, item, slices, closed }: MemberCompletionModel): Value {
  return object([
    ['write', write === undefined ? undefined : jsonValue(write)],
    ['beside', beside === undefined ? undefined : jsonValue(beside)],
    ['ensure', ensure === undefined ? undefined : ensure === 'written' ? value(true) : jsonValue(ensure)],
    ['item', itemValue(names, item)],
    ['slices', slicesValue(names, slices)],
    ['closed', closed === undefined ? undefined : value(true)],
  ]);
}

function itemValue(names: Names, item: CompletionModel | undefined): Value | undefined {
  if (item === undefined) return undefined;
  return object([
    ['profile', item.profile === undefined ? undefined : completionThunk(names, item.profile)],
    ['members', membersValue(names, item.members)],
  ]);
}

/** Profiles may refer to each other in a cycle, so a completion is referenced lazily. */
function completionThunk(names: Names, url: string): Value | undefined {
  const own = names.profiles.get(url);
  return own === undefined ? undefined : thunk(name(fromFile(own.file, own.completion)));
}

function slicesValue(names: Names, slices: readonly SliceCompletionModel[] | undefined): Value | undefined {
  return slices === undefined ? undefined : array(slices.map((slice) => sliceValue(names, slice)));
}

function sliceValue(names: Names, slice: SliceCompletionModel): Value {
  const { bare, url, write, item, slices } = slice;
  const key = keyOf(names, slice);
  return object([
    ['key', value(key)],
    ['name', slice.name === key ? undefined : value(slice.name)],
    ['bare', bare === undefined ? undefined : value(bare)],
    ['url', url === undefined ? undefined : value(url)],
    ['write', write === undefined ? undefined : jsonValue(write)],
    ['item', itemValue(names, item)],
    ['slices', slicesValue(names, slices)],
  ]);
}

/** The key under which the type of the input has the slice. */
function keyOf(names: Names, slice: SliceCompletionModel): string {
  for (const { profile, id } of slice.places) {
    const key = names.profiles.get(profile)?.slices.get(id);
    if (key !== undefined) return key;
  }
  return slice.name;
}

import type { CompletionModel, MemberCompletionModel, SliceCompletionModel } from '../model/model.js';
import { sliceKeys } from '../names/names.js';
import { jsonLiteral, stringLiteral } from './literal.js';
import type { TableScope } from './rule-table.js';
import { listSource, type Members, objectSource } from './source-text.js';

/**
 * What `create` does with the members of a profile, as the source text of `Completion.members`.
 *
 * @param scope of the module
 * @param members of the model
 * @returns `undefined` when nothing is done
 */
export function completionSource(scope: TableScope, members: readonly MemberCompletionModel[]): string | undefined {
  return members.length === 0
    ? undefined
    : objectSource(members.map((member) => [member.key, objectSource(memberSource(scope, member))]));
}

function memberSource(scope: TableScope, { write, ensure, item, slices, closed }: MemberCompletionModel): Members {
  return [
    ['write', write === undefined ? undefined : jsonLiteral(write)],
    ['ensure', ensure === undefined ? undefined : jsonLiteral(ensure)],
    ['item', itemSource(scope, item)],
    ['slices', slicesSource(scope, slices)],
    ['closed', closed === undefined ? undefined : 'true'],
  ];
}

function itemSource(scope: TableScope, item: CompletionModel | undefined): string | undefined {
  if (item === undefined) return undefined;
  return objectSource([
    ['profile', item.profile === undefined ? undefined : completionThunk(scope, item.profile)],
    ['members', completionSource(scope, item.members)],
  ]);
}

/** Profiles may refer to each other in a circle, so a completion is named only when it is needed. */
function completionThunk(scope: TableScope, url: string): string | undefined {
  const names = scope.context.names.profiles.get(url);
  return names === undefined ? undefined : `() => ${scope.imports.value(names.file, names.completion)}`;
}

function slicesSource(scope: TableScope, slices: readonly SliceCompletionModel[] | undefined): string | undefined {
  if (slices === undefined) return undefined;
  const keys = sliceKeys(slices.map((slice) => slice.name));
  return listSource(slices.map((slice, index) => sliceSource(scope, slice, keys[index] ?? slice.name)));
}

function sliceSource(scope: TableScope, slice: SliceCompletionModel, key: string): string {
  const { bare, url, write, item, slices } = slice;
  return objectSource([
    ['key', stringLiteral(key)],
    ['bare', bare === undefined ? undefined : stringLiteral(bare)],
    ['url', url === undefined ? undefined : stringLiteral(url)],
    ['write', write === undefined ? undefined : jsonLiteral(write)],
    ['item', itemSource(scope, item)],
    ['slices', slicesSource(scope, slices)],
  ]);
}

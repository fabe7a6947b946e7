import { type FunctionDeclaration, returning } from '../emit/declaration.js';
import { arrayOf, keyword, literal, named, rest, tuple, type Type, union } from '../emit/type.js';
import { call, name, value } from '../emit/value.js';
import type { ResolvedElement, ResolvedSlice } from '../model/resolved.js';
import { briefComment } from './comment.js';
import { itemType } from './item-type.js';
import { internalName, type TypeScope } from './scope.js';

/**
 * A function for each slice whose items can be identified, also of the BackboneElements below.
 *
 * @param scope of the module, all types declared
 * @param root of the profile
 */
export function readers(scope: TypeScope, root: ResolvedElement): FunctionDeclaration[] {
  return readersOf(scope, root, named(scope.names.interface));
}

function readersOf(scope: TypeScope, element: ResolvedElement, type: Type): FunctionDeclaration[] {
  return element.members.flatMap((member) => {
    if (!member.isStated || member.max === 0) return [];
    const slices = member.slicing?.slices.filter((slice) => slice.isNamed && slice.isDecidable) ?? [];
    const here = slices.map((slice) => reader(scope, member, slice, type));
    if (member.content !== 'object') return here;
    const own = scope.declared.get(member.path)?.type;
    return own === undefined ? here : [...here, ...readersOf(scope, member, own)];
  });
}

function reader(scope: TypeScope, member: ResolvedElement, slice: ResolvedSlice, parent: Type): FunctionDeclaration {
  const key = scope.names.slices.get(slice.id) ?? slice.name;
  const type = returnType(itemType(scope, slice.item).type, slice.item);
  const host = named('Pick', parent, literal(member.base.name));
  const args = [name(scope.names.table), value(member.path), value(slice.name), name('of')];
  return {
    kind: 'function',
    name: scope.names.readers.get(slice.id) ?? key,
    doc: [briefComment(scope.context, slice.item)],
    parameters: [{ name: 'of', type: host }],
    returns: type,
    body: [returning(call(name(internalName('sliceOf')), args))],
  };
}

/** What the cardinality of a slice promises. */
function returnType(item: Type, { min, max }: ResolvedElement): Type {
  if (max === 1) return min > 0 ? item : union([item, keyword('undefined')]);
  return min > 0 ? tuple([item, rest(arrayOf(item))]) : arrayOf(item);
}

import type { Constant } from '../emit/declaration.js';
import { arrayOf, keyword, literal, named, rest, tuple, type Type, union } from '../emit/type.js';
import { call, name, type Value, value } from '../emit/value.js';
import type { ResolvedElement, ResolvedSlice } from '../model/resolved.js';
import { arrayTypes } from './array-type.js';
import { briefComment } from './comment.js';
import { itemType } from './item-type.js';
import { internalName, runtimeType, type TypeScope } from './scope.js';
import { itemInput } from './slice-input.js';
import { plain } from './tuple.js';

/**
 * A function that reads and one that writes for each slice whose items can be identified, also of the
 * BackboneElements below.
 *
 * @param scope of the module, all types declared
 * @param root of the profile
 */
export function readers(scope: TypeScope, root: ResolvedElement): Constant[] {
  return readersOf(scope, root, named(scope.names.interface));
}

function readersOf(scope: TypeScope, element: ResolvedElement, type: Type): Constant[] {
  return element.members.flatMap((member) => {
    if (!member.isStated || member.max === 0) return [];
    const slices = readable(member);
    const types = member.base.array && slices.length > 0 ? arrayTypes(scope, member).slices : [];
    const bySlice = new Map(types.map((one) => [one.slice, one]));
    const here = slices.flatMap((slice) => {
      const own = bySlice.get(slice);
      const read = own?.pair.type ?? itemType(scope, slice.item).type;
      return readerAndWriter(scope, member, slice, { host: type, read, written: own && itemInput(own) });
    });
    if (member.content !== 'object') return here;
    const own = scope.declared.get(member.path)?.type;
    return own === undefined ? here : [...here, ...readersOf(scope, member, own)];
  });
}

/** Named slices whose membership can be decided. */
function readable({ slicing }: ResolvedElement): readonly ResolvedSlice[] {
  return slicing?.slices.filter((slice) => slice.isNamed && slice.isDecidable) ?? [];
}

/** The types of the host, of an item, and of a writer's input for an item; absent if there is none. */
interface AccessTypes {
  readonly host: Type;
  readonly read: Type;
  readonly written: Type | undefined;
}

function readerAndWriter(
  scope: TypeScope,
  { path, base }: ResolvedElement,
  { id, name: sliceName, item }: ResolvedSlice,
  { host, read, written }: AccessTypes,
): Constant[] {
  const { readers: reading, writers: writing, slices, table, completion } = scope.names;
  const key = slices.get(id) ?? sliceName;
  const reader = reading.get(id) ?? key;
  const writer = writing.get(id);
  const access = (make: string, args: readonly Value[], type: Type): Value =>
    call(name(internalName(make)), args, { pure: true, typeArguments: [host, literal(base.name), type] });
  const constants: Constant[] = [
    {
      kind: 'constant',
      unlisted: true,
      name: reader,
      doc: [briefComment(scope.context, item)],
      value: access('sliceReader', [name(table), value(path), value(sliceName)], readType(read, item)),
    },
  ];
  // Extensions of primitives are in a parallel array, which would have to be written too.
  if (writer === undefined || written === undefined || item.content === 'primitive') return constants;
  constants.push({
    kind: 'constant',
    unlisted: true,
    name: writer,
    doc: [scope.context.words.writer(reader)],
    value: access('sliceWriter', [name(completion), value(path), value(key)], writtenType(written, item)),
  });
  return constants;
}

/** The result type for the cardinality of a slice. */
function readType(item: Type, { min, max }: ResolvedElement): Type {
  if (max === 1) return min > 0 ? item : union([item, keyword('undefined')]);
  return min > 0 ? tuple([item, rest(arrayOf(item))]) : arrayOf(item);
}

/** The items that the cardinality of a slice requires. */
function writtenType(item: Type, { min, max }: ResolvedElement): Type {
  if (max === 1) return tuple([min > 0 ? item : union([item, keyword('undefined')])]);
  return min > 0 ? plain(item, min, max) : runtimeType('Items', item);
}

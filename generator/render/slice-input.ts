import type { Comment, CommentPart } from '../emit/comment.js';
import { arrayOf, keyword, type Member, objectType, type Type, union } from '../emit/type.js';
import type { SliceTypes } from './array-type.js';
import { elementComment } from './comment.js';
import type { RenderContext } from './context.js';
import { runtimeType } from './scope.js';
import { distinctUnion, type TypePair } from './type-pair.js';

/** The key of what belongs to no slice. */
const OTHERS = 'others';

/**
 * What builders and `create` take for one item of a slice.
 *
 * @param pair types of the item
 * @param bare type of the bare value that stands for an item, if one does
 */
export function sliceInput(pair: TypePair, bare: Type | undefined): Type {
  return bare === undefined ? pair.input : distinctUnion([bare, pair.input]);
}

/**
 * The slices of an array by key, and the rest: what `create` takes.
 *
 * @param context all value sets
 * @param slices that the guide names
 * @param others type of an item that belongs to no slice; absent where every item has to be in one
 */
export function keyedInput(context: RenderContext, slices: readonly SliceTypes[], others: Type | undefined): Type {
  const members = slices.map((one): Member => {
    const optional = one.slice.item.min === 0 || one.slice.isFilled;
    return member(oneLine(elementComment(context, one.slice.item)), one.key, optional, inputType(context, one));
  });
  const rest = others === undefined ? [] : [member([context.words.noSlice], OTHERS, true, arrayOf(others))];
  return objectType([...members, ...rest]);
}

function member(doc: Comment, key: string, optional: boolean, type: Type): Member {
  return { doc, key, optional, type: optional ? union([type, keyword('undefined')]) : type };
}

function inputType(context: RenderContext, one: SliceTypes): Type {
  const { input, slice } = one;
  const own = slice.item.max === 1 ? input : runtimeType('OneOrMore', input);
  const named = one.inner.filter((inner) => inner.slice.isNamed);
  return named.length === 0 ? own : union([own, keyedInput(context, named, input)]);
}

function oneLine(comment: Comment): Comment {
  const parts = comment.flatMap((line): CommentPart[] => {
    if (typeof line === 'string') return [line, ' '];
    return 'kind' in line ? [] : [...line, ' '];
  });
  return [parts];
}

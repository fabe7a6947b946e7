import { bareMember } from '../model/bare.js';
import type { ElementModel } from '../model/model.js';
import { itemType } from './item-type.js';
import type { TypePair, TypeScope } from './type-scope.js';

/**
 * The type of the bare value that stands for an item of a slice.
 *
 * @param scope of the module
 * @param item with all that holds for it
 * @param part where it stands, for names
 */
export function bareType(scope: TypeScope, item: ElementModel, part: string): TypePair | undefined {
  const member = bareMember(item, scope.context);
  return member === undefined ? undefined : itemType(scope, member, part);
}

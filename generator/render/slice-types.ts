import type { Type } from '../emit/type.js';
import type { ResolvedSlice } from '../model/resolved.js';
import type { TypePair } from './type-pair.js';

/** A slice with the types of its items. */
export interface SliceTypes {
  readonly slice: ResolvedSlice;
  readonly pair: TypePair;
  /** Key in the input of `create`. */
  readonly key: string;
  /** The input type of one item in builders and `create`. */
  readonly input: Type;
  /** Its re-slices, whose items are items of the slice too. */
  readonly inner: readonly SliceTypes[];
}

/** The types of an array, and those of its items. */
export interface ArrayTypes {
  readonly pair: TypePair;
  /** An item that belongs to no slice. */
  readonly others: TypePair;
  /** Slices that the guide names. */
  readonly slices: readonly SliceTypes[];
}

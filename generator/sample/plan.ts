import type { ValueNode } from './node.js';
import type { At } from './place.js';
import type { Context, Spec } from './spec.js';

/** The optional parts of an instance. */
export interface Plan {
  /**
   * `all`: every element that the profile states; `supported`: its must-support elements; `reach`: the elements on the
   * path to a choice or to slices that exclude each other.
   */
  readonly more: 'nothing' | 'supported' | 'all' | 'reach';
  /** Selects one of several types or slices. */
  readonly turn: number;
  /** Present when items are given by slice, as in the input of `create`, so that types show what every slice adds. */
  readonly named?: true;
  /** Places on the path to these parts. */
  readonly reach: ReadonlySet<string>;
  /** Selects one of the codes allowed at a place; the first if absent. */
  readonly seed?: number | undefined;
}

/** The build of one instance. */
export interface Build {
  /** Builds one value, see `buildValue`; items of arrays are built by it too. */
  readonly value: (build: Build, spec: Spec, code: string, at: At) => ValueNode;
  readonly context: Context;
  readonly plan: Plan;
  /** The number of alternatives at each place with a choice. */
  readonly alternatives: Map<string, number>;
  /** Places on the path to these. */
  readonly reached: Set<string>;
  /** Contradictions in the guide, for which no value can be valid. */
  readonly contradictions: Set<string>;
  /** Optional parts left out because they could not be valid. */
  readonly leftOut: Set<string>;
  values: number;
}

/** An instance could not be built; the message gives the reason. */
export class Unbuildable extends Error {}

/** Records that a place has a choice. */
export function markAlternatives(build: Build, place: string, count: number, parent: At): void {
  if (count < 2) return;
  build.alternatives.set(place, count);
  for (const passed of [...parent.trail, place]) build.reached.add(passed);
}

/**
 * The offset at which the search for a code starts at a place. It varies, so that a sample does not repeat one code
 * everywhere.
 *
 * @param plan the plan, with the seed
 * @param place the place of the value
 */
export function offsetAt({ seed }: Plan, place: string): number {
  if (seed === undefined) return 0;
  let hash = seed >>> 0;
  for (let index = 0; index < place.length; index++) hash = (Math.imul(hash, 31) + place.charCodeAt(index)) >>> 0;
  return hash;
}

import type { ValueNode } from './node.js';
import type { At } from './place.js';
import type { Context, Spec } from './spec.js';

/** The optional parts of an instance. */
export interface Plan {
  /** `all` that the profile speaks of; `supported`: its must-support elements; `reach`: what leads to a choice or to slices that exclude each other. */
  readonly more: 'nothing' | 'supported' | 'all' | 'reach';
  /** Which of several types, which of several slices. */
  readonly turn: number;
  /** Items are given by slice, as `create` takes them, so that types see what every slice adds. */
  readonly named?: true;
  /** Places on the way to these parts. */
  readonly reach: ReadonlySet<string>;
  /** Which of the codes that may stand at a place; the first if absent. */
  readonly seed?: number | undefined;
}

/** One building of an instance. */
export interface Build {
  /** Builds one value, see `buildValue`: items of arrays are values again. */
  readonly value: (build: Build, spec: Spec, code: string, at: At) => ValueNode;
  readonly context: Context;
  readonly plan: Plan;
  /** Places where there is a choice, and of how many. */
  readonly ways: Map<string, number>;
  /** Places on the way there. */
  readonly reached: Set<string>;
  /** Contradictions of the guide: no value can be valid. */
  readonly contradictions: Set<string>;
  /** Optional parts left out because they could not be valid. */
  readonly leftOut: Set<string>;
  values: number;
}

/** Why an instance could not be built. */
export class Unbuildable extends Error {}

/** Remembers that there is a choice. */
export function markWays(build: Build, place: string, ways: number, parent: At): void {
  if (ways < 2) return;
  build.ways.set(place, ways);
  for (const passed of [...parent.trail, place]) build.reached.add(passed);
}

/**
 * Where the search for a code begins at a place: not the same everywhere, so that a sample does not say one thing in
 * each of its parts.
 *
 * @param plan with the seed
 * @param place of the value
 */
export function offsetAt({ seed }: Plan, place: string): number {
  if (seed === undefined) return 0;
  let hash = seed >>> 0;
  for (let index = 0; index < place.length; index++) hash = (Math.imul(hash, 31) + place.charCodeAt(index)) >>> 0;
  return hash;
}

import type { Category } from './category.js';
import { edited, type GONE } from './edit.js';
import type { Path, ValueNode } from '../../generator/sample/node.js';
import { pruned } from './prune.js';
import { type By, sure, visible } from '../../generator/sample/spec.js';
import type { Json } from '../../generator/fhir/json.js';

/** An instance in which one constraint is broken. */
export interface Mutant {
  readonly category: Category;
  /** Where, with slice names. */
  readonly place: string;
  /** What was done. */
  readonly detail: string;
  /** Where, as names of elements and indexes from the root. */
  readonly steps: Path;
  /** The type of a literal shows it (see `visible` and DESIGN, "What types cannot see"). */
  readonly visible: boolean;
  readonly json: Json;
}

/** A change that breaks one constraint. */
export interface Break {
  readonly category: Category;
  readonly detail: string;
  readonly place: string;
  readonly steps: Path;
  /** What has to be in the instance for it. */
  readonly path: Path;
  /** The value that changes is the parent of what is at `path`. */
  readonly up?: true;
  /** What becomes of the value there. */
  readonly change: (old: Json | undefined) => Json | typeof GONE;
  readonly visible: boolean;
}

/** Whether a constraint is broken by those constraints alone that are counted. */
export type Breaks = (by: By) => boolean;

/**
 * A break, when the instance becomes wrong by it for certain.
 *
 * @param breaks asked once for what is certain and once for what types see
 */
export function breakIf(breaks: Breaks, one: Omit<Break, 'visible'>): Break[] {
  return breaks(sure) ? [{ ...one, visible: breaks(visible) }] : [];
}

/** The mutant that a break makes of an instance. */
export function mutantOf(root: ValueNode, one: Break): Mutant {
  const { category, detail, place } = one;
  const small = pruned(root, one.path);
  // Where items before it are left out, an item has another index.
  const steps = one.steps.map((step, at) => (typeof step === 'number' ? (small.path[at] ?? step) : step));
  const at = one.up ? small.path.slice(0, -1) : small.path;
  return { category, detail, place, steps, visible: one.visible, json: edited(small.json, at, one.change) };
}

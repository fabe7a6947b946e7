import type { Category } from './category.js';
import { edited, type REMOVED } from './edit.js';
import type { Path, ValueNode } from '../../generator/sample/node.js';
import { type Pruned, pruned } from './prune.js';
import { type By, sure, visible } from '../../generator/sample/spec.js';
import type { Json } from '../../generator/fhir/json.js';

/** An instance in which one constraint is broken. */
export interface Mutant {
  readonly category: Category;
  /** The place, with slice names. */
  readonly place: string;
  /** The change. */
  readonly detail: string;
  /** The place as names of elements and indexes from the root. */
  readonly steps: Path;
  /** Whether the type of a literal shows it (see `visible` and DESIGN, "What types cannot see"). */
  readonly visible: boolean;
  readonly json: Json;
}

/** A change that breaks one constraint. */
export interface Break {
  readonly category: Category;
  readonly detail: string;
  readonly place: string;
  readonly steps: Path;
  /** The path that the instance must contain. */
  readonly path: Path;
  /** The changed value is the parent of the one at `path`. */
  readonly up?: true;
  /** Returns the new value. */
  readonly change: (old: Json | undefined) => Json | typeof REMOVED;
  readonly visible: boolean;
}

/** Whether the constraints that `by` counts are broken. */
export type Breaks = (by: By) => boolean;

/**
 * A break, if it certainly makes the instance invalid.
 *
 * @param breaks called for certain constraints and for those that types see
 */
export function breakIf(breaks: Breaks, one: Omit<Break, 'visible'>): Break[] {
  return breaks(sure) ? [{ ...one, visible: breaks(visible) }] : [];
}

/** The mutant that results from a break of an instance. */
export function mutantOf(root: ValueNode, one: Break): Mutant {
  return new LazyMutant(root, one);
}

/** Most mutants are counted and never used: their JSON is created on first use. */
class LazyMutant implements Mutant {
  readonly category: Category;
  readonly place: string;
  readonly detail: string;
  readonly visible: boolean;
  #pruned: Pruned | undefined;

  constructor(
    private readonly root: ValueNode,
    private readonly broken: Break,
  ) {
    ({ category: this.category, place: this.place, detail: this.detail, visible: this.visible } = broken);
  }

  get json(): Json {
    const { json, path } = this.#small();
    return edited(json, this.broken.up ? path.slice(0, -1) : path, this.broken.change);
  }

  get steps(): Path {
    const { path } = this.#small();
    // If items before it are omitted, an item has another index.
    return this.broken.steps.map((step, at) => (typeof step === 'number' ? (path[at] ?? step) : step));
  }

  #small(): Pruned {
    this.#pruned ??= pruned(this.root, this.broken.path);
    return this.#pruned;
  }
}

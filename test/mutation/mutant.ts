import type { Category } from './category.js';
import { edited, type GONE } from './edit.js';
import type { Path, ValueNode } from '../../generator/sample/node.js';
import { type Pruned, pruned } from './prune.js';
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
  return new LazyMutant(root, one);
}

/** Most mutants are counted and not tried: the JSON is made when it is needed. */
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
    // Where items before it are left out, an item has another index.
    return this.broken.steps.map((step, at) => (typeof step === 'number' ? (path[at] ?? step) : step));
  }

  #small(): Pruned {
    this.#pruned ??= pruned(this.root, this.broken.path);
    return this.#pruned;
  }
}

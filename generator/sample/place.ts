import type { Path } from './node.js';

/** The place at which a value is built. */
export interface At {
  readonly path: Path;
  readonly steps: Path;
  readonly place: string;
  /** Places from the root to here. */
  readonly trail: readonly string[];
  readonly depth: number;
}

/** The root of an instance. */
export function rootAt(type: string): At {
  return { path: [], steps: [], place: type, trail: [type], depth: 0 };
}

/** The place of a child. */
export function below(at: At, key: string | number, step: string | number, place: string): At {
  return {
    path: [...at.path, key],
    steps: [...at.steps, step],
    place,
    trail: [...at.trail, place],
    depth: at.depth + 1,
  };
}

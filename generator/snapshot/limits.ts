/** Limits for a differential. A guide stays far below; a hostile or broken one fails without affecting others. */
export interface SnapshotLimits {
  /** Elements in one snapshot: a dozen slices of slices of slices are a million elements. */
  readonly elements: number;
  /** Elements that the snapshot generator handles while one snapshot is made; some ten seconds' worth. */
  readonly work: number;
  /** Elements in all snapshots that are made; one more for each hundred characters of an id. */
  readonly total: number;
  /** Length of an element's id, and so the depth of the tree that it opens. */
  readonly idLength: number;
}

/** The default limits. */
export const DEFAULT_LIMITS: SnapshotLimits = {
  elements: 50_000,
  total: 600_000,
  work: 2_000_000,
  idLength: 1_000,
};

/** Limits for a differential. A guide stays far below; a hostile or broken one fails without affecting others. */
export interface SnapshotLimits {
  /** Elements in one snapshot: a dozen slices of slices of slices are a million elements. */
  readonly elements: number;
  /** Elements that the snapshot generator processes for one snapshot; about ten seconds of work. */
  readonly work: number;
  /** Elements in all generated snapshots; each hundred characters of an id count as one more. */
  readonly total: number;
  /** Length of an element's id, and so the depth of the tree. */
  readonly idLength: number;
}

/** The default limits. */
export const DEFAULT_LIMITS: SnapshotLimits = {
  elements: 50_000,
  total: 600_000,
  work: 2_000_000,
  idLength: 1_000,
};

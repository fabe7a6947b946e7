/** How much a differential may ask for. A guide stays far below; a hostile or broken one fails for itself alone. */
export interface SnapshotLimits {
  /** Elements in one snapshot: a dozen slices of slices of slices are a million elements. */
  readonly elements: number;
  /** Elements looked at while one snapshot is made: each of the differential walks through all there are by then. */
  readonly work: number;
  /** Length of an element's id, and so the depth of the tree that it opens. */
  readonly idLength: number;
}

/** What holds unless the caller says otherwise. */
export const DEFAULT_LIMITS: SnapshotLimits = {
  elements: 50_000,
  work: 20_000_000,
  idLength: 2_000,
};

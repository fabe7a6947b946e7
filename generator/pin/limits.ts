import type { ExpansionLimits } from '../terminology/limits.js';

/**
 * Limits for a package. A guide stays far below; a hostile or broken package leads to a clear error or an open value
 * set instead of exhausting memory.
 */
export interface PinLimits extends ExpansionLimits {
  /** Definitions in the closure. R4 core with all its profiles and extensions has 650. */
  readonly definitions: number;
  /** Elements in one snapshot. The largest of R4 core has some 200, a guide's most sliced profile some 2,000. */
  readonly elements: number;
  /** Slices of one element, including reslices. Published guides have some fifty. */
  readonly slices: number;
  /** Length of an id, a name, a path, a code. */
  readonly idLength: number;
  /** Depth of a fixed or pattern value. */
  readonly depth: number;
  /** Length of `short`, of a title and of a display; what is longer is cut. */
  readonly textLength: number;
  /** Codes of a value set with an extensible binding; a larger one gives no suggestions. */
  readonly suggestedCodes: number;
}

/** The default limits. */
export const DEFAULT_LIMITS: PinLimits = {
  definitions: 10_000,
  elements: 50_000,
  slices: 1_000,
  idLength: 2_000,
  depth: 50,
  textLength: 500,
  codes: 500_000,
  suggestedCodes: 150,
  allCodes: 3_000_000,
  codesVisited: 100_000_000,
  imports: 100,
};

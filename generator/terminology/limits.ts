/** Limits on the cost of expansion; beyond them, a value set or a system is open. */
export interface ExpansionLimits {
  /** Length of a code. */
  readonly idLength: number;
  /** Length of a display; what is longer is cut. */
  readonly textLength: number;
  /** Codes of one value set; beyond, the code system becomes open. */
  readonly codes: number;
  /** Codes of all value sets that are in memory at one time; beyond, value sets are open. */
  readonly allCodes: number;
  /** Codes visited during expansion, in all value sets; beyond, value sets are open. About ten seconds of work. */
  readonly codesVisited: number;
  /** Depth of value sets that import others. */
  readonly imports: number;
}

/** How much expansion may cost; beyond, a value set or a system is open. */
export interface ExpansionLimits {
  /** Length of a code. */
  readonly idLength: number;
  /** Length of a display; what is longer is cut. */
  readonly textLength: number;
  /** Codes of one value set; beyond, the code system becomes open. */
  readonly codes: number;
  /** Codes of all value sets together that are held at a time; beyond, value sets are open. */
  readonly allCodes: number;
  /** Codes looked at while expanding, over all value sets; beyond, value sets are open. Some ten seconds' worth. */
  readonly codesVisited: number;
  /** Value sets that import one another, one below the other. */
  readonly imports: number;
}

/** A validator, ready to run. */
export interface Contender {
  readonly name: string;
  /** Short, for the head of a column. */
  readonly column: string;
  /** Validates, as a program would call it: that is what is timed. */
  readonly run: (value: unknown) => unknown;
  /** What it holds against the value, an error a line: the same words for the same fault. */
  readonly errors: (value: unknown) => readonly string[];
}

/**
 * Whether a validator finds a fault: it says something of the value that it does not say of a valid one. What it holds
 * against both is not a finding.
 */
export function finds({ errors }: Contender, value: unknown, valid: unknown): boolean {
  const known = new Set(errors(valid));
  return errors(value).some((error) => !known.has(error));
}

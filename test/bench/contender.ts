/** A validator that is ready to run. */
export interface Contender {
  readonly name: string;
  /** A short name for the head of a column. */
  readonly column: string;
  /** Validates a value as a program would; this call is measured. */
  readonly run: (value: unknown) => unknown;
  /** The errors of the value, a line each, with equal texts for equal faults. */
  readonly errors: (value: unknown) => readonly string[];
}

/** Whether a validator finds a fault: it reports an error that it does not report for a valid value. */
export function finds({ errors }: Contender, value: unknown, valid: unknown): boolean {
  const known = new Set(errors(valid));
  return errors(value).some((error) => !known.has(error));
}

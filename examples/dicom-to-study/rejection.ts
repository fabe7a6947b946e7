/** The reasons why DICOM objects cannot be mapped to a study. */
export type Reason =
  | 'no-objects'
  | 'not-dicom'
  | 'character-set-not-supported'
  | 'missing-uid'
  | 'invalid-uid'
  | 'several-studies'
  | 'several-patients'
  | 'several-series'
  | 'unknown-series'
  | 'modality-unknown'
  | 'modality-not-in-value-set'
  | 'sop-class-not-in-value-set'
  | 'accession-number-missing'
  | 'date-missing';

/** A rejection with a reason that a program can react to. */
export class Rejection extends Error {
  override readonly name = 'Rejection';

  /**
   * @param reason for programs
   * @param message for people
   */
  constructor(
    readonly reason: Reason,
    message: string,
  ) {
    super(message);
  }
}

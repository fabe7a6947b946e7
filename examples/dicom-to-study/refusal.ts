/** Why DICOM objects do not become a study. */
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

/** A refusal with a reason that a program can react to. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

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

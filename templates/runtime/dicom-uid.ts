/** The prefix that FHIR writes before an OID; a DICOM UID is an OID (FHIR R4, ImagingStudy, "Identifiers"). */
const PREFIX = 'urn:oid:';

/**
 * Numbers without leading zeros, the first 0, 1 or 2, after 0 and 1 the second below 40; at most 64 characters (DICOM
 * PS3.5, "Unique Identifiers (UIDs)"; ISO/IEC 8824).
 */
const UID = /^(?=.{1,64}$)(?:[01]\.(?:[0-9]|[1-3][0-9])|2\.(?:0|[1-9][0-9]*))(?:\.(?:0|[1-9][0-9]*))*$/;

/**
 * Whether a text is a well-formed DICOM UID, with or without `urn:oid:`.
 *
 * @param text any value
 */
export function isDicomUid(text: unknown): boolean {
  return typeof text === 'string' && UID.test(text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text);
}

/**
 * A DICOM UID as DICOM and elements such as `ImagingStudy.series.uid` write it, without a prefix: `1.2.840.10008.1.2`.
 *
 * @param text with or without `urn:oid:`
 * @throws {RangeError} when it is not a well-formed UID
 */
export function dicomUid(text: string): string {
  if (!isDicomUid(text)) {
    throw new RangeError(
      `${JSON.stringify(text)} is not a DICOM UID: at most 64 characters, numbers without leading zeros, separated by dots`,
    );
  }
  return text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text;
}

/**
 * A DICOM UID as FHIR writes it in an identifier or a code: `urn:oid:1.2.840.10008.1.2`.
 *
 * @param text with or without `urn:oid:`
 * @throws {RangeError} when it is not a well-formed UID
 */
export function dicomUrn(text: string): `urn:oid:${string}` {
  return `${PREFIX}${dicomUid(text)}`;
}

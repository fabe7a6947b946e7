/**
 * A type code as it appears in the names of choice members (FHIR R4, Formats, "Choice of Data Types").
 *
 * @param code FHIR type code: `dateTime`
 * @returns `DateTime`, as in `valueDateTime`
 */
export function capital(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1);
}

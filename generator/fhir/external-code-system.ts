/**
 * Code systems that FHIR itself binds as required and that no FHIR package lists: languages, media types and units are
 * made by a grammar, and currencies are ISO's (FHIR R4, "Using Code Systems"). That no package defines them is nothing
 * that a user could mend.
 */
const EXTERNAL: ReadonlySet<string> = new Set([
  'urn:ietf:bcp:47',
  'urn:ietf:bcp:13',
  'http://unitsofmeasure.org',
  'urn:iso:std:iso:4217',
]);

/** Whether the codes of a system are kept outside FHIR, so that no package is missing. */
export function isExternal(system: string): boolean {
  return EXTERNAL.has(system);
}

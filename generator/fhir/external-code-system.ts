/**
 * Code systems that FHIR itself binds as required and that no FHIR package defines: languages, media types and units
 * follow a grammar, and currencies belong to ISO (FHIR R4, "Using Code Systems"). A user cannot supply them.
 */
const EXTERNAL: ReadonlySet<string> = new Set([
  'urn:ietf:bcp:47',
  'urn:ietf:bcp:13',
  'http://unitsofmeasure.org',
  'urn:iso:std:iso:4217',
]);

/** Whether a code system is maintained outside FHIR, so that no package is missing. */
export function isExternal(system: string): boolean {
  return EXTERNAL.has(system);
}

/** The parts of a canonical (FHIR R4, References, "canonical": `url|version`). */
export interface Canonical {
  readonly url: string;
  readonly version: string | undefined;
}

/** Where FHIR defines its own types (FHIR R4, StructureDefinition.type). */
const FHIR_TYPES = 'http://hl7.org/fhir/StructureDefinition/';

/**
 * Splits a canonical into URL and version.
 *
 * @param canonical `url` or `url|version`
 * @returns its parts; an empty version counts as none
 */
export function parseCanonical(canonical: string): Canonical {
  const bar = canonical.indexOf('|');
  if (bar === -1) return { url: canonical, version: undefined };
  return { url: canonical.slice(0, bar), version: canonical.slice(bar + 1) || undefined };
}

/**
 * A canonical without its `|version`.
 *
 * @param canonical `http://…/Patient|4.0.1`
 */
export function withoutVersion(canonical: string): string {
  return parseCanonical(canonical).url;
}

/**
 * A canonical that means the same anywhere: `#id` is a definition contained in the one that writes it (FHIR R4,
 * References, "canonical").
 *
 * @param canonical as a definition writes it
 * @param definition canonical of that definition, or of one contained in it
 */
export function canonicalWithin(canonical: string, definition: string): string {
  return canonical.startsWith('#') ? withoutFragment(definition) + canonical : canonical;
}

/**
 * The last segment of a canonical that is not empty: by convention the id of the definition.
 *
 * @param canonical `http://…/Patient`, or the same with a slash at its end
 * @returns `Patient`; the canonical itself when it has no such segment
 */
export function lastSegment(canonical: string): string {
  return canonical.split('/').findLast((part) => part !== '') ?? canonical;
}

/**
 * The canonical of the definition that contains another.
 *
 * @param canonical `http://…/Patient#id`
 */
export function withoutFragment(canonical: string): string {
  const hash = canonical.indexOf('#');
  return hash === -1 ? canonical : canonical.slice(0, hash);
}

/**
 * A canonical with its percent encoding decoded: two spellings of one address are one address (RFC 3986, section
 * 6.2.2.2), and guides write `…/extension-Goal.acceptance%5Bx%5D` where the definition has `[x]`, or the reverse.
 *
 * @param canonical with or without version
 */
export function decodedCanonical(canonical: string): string {
  if (!canonical.includes('%')) return canonical;
  try {
    return decodeURIComponent(canonical);
  } catch {
    // It is not valid percent encoding.
    return canonical;
  }
}

/**
 * The canonical of one of FHIR's own types.
 *
 * @param type `Patient`
 * @returns `http://hl7.org/fhir/StructureDefinition/Patient`
 */
export function fhirTypeCanonical(type: string): string {
  return FHIR_TYPES + type;
}

/**
 * The resource type or datatype with a canonical, if it is one of FHIR's own.
 *
 * @param canonical with or without version
 * @returns `Patient` for `http://hl7.org/fhir/StructureDefinition/Patient`
 */
export function fhirTypeName(canonical: string): string | undefined {
  const url = withoutVersion(canonical);
  return url.startsWith(FHIR_TYPES) && !url.includes('/', FHIR_TYPES.length) ? url.slice(FHIR_TYPES.length) : undefined;
}

/**
 * A code of a system as one text, `system|code`, the notation of FHIR's search (FHIR R4, Search, "token").
 *
 * @param system of the code; a bar in it is written `%7C`, as in URIs, so that the first bar separates the two
 * @param code in that system
 */
export function token(system: string, code: string): string {
  return `${system.replaceAll('|', '%7C')}|${code}`;
}

/**
 * The two parts of a token.
 *
 * @param text what {@link token} returns
 * @returns the system as the token writes it, and the code
 */
export function tokenParts(text: string): readonly [system: string, code: string] {
  const bar = text.indexOf('|');
  return [text.slice(0, Math.max(bar, 0)), text.slice(bar + 1)];
}

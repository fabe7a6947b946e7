import { decodedCanonical, parseCanonical } from './canonical.js';

/** Finds the definition with a canonical; gives `undefined` when there is none. */
export type FindDefinition<T> = (canonical: string) => T | undefined;

/**
 * Indexes definitions by canonical.
 *
 * `url|version` finds that version or, when it is missing, the last one: another version serves a reference better than
 * none. Percent encoding is decoded before canonicals are compared (`value%5Bx%5D`), as tools disagree about it.
 *
 * @param definitions sorted by canonical and version
 */
export function definitionIndex<T extends { readonly url: string; readonly version?: string | undefined }>(
  definitions: Iterable<T>,
): FindDefinition<T> {
  const found = new Map<string, T>();
  for (const definition of definitions) {
    const url = decodedCanonical(definition.url);
    found.set(url, definition);
    if (definition.version !== undefined) found.set(`${url}|${definition.version}`, definition);
  }
  return (canonical) => {
    const { url, version } = parseCanonical(canonical);
    return found.get(`${decodedCanonical(url)}|${version ?? ''}`) ?? found.get(decodedCanonical(url));
  };
}

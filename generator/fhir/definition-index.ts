import { decodedCanonical, parseCanonical } from './canonical.js';

/** Finds the definition that a canonical means, `undefined` when it is not there. */
export type FindDefinition<T> = (canonical: string) => T | undefined;

/**
 * How what an element or a base refers to is found among definitions.
 *
 * `url|version` means that version where it is there, and the last one that is where it is not: a reference with a
 * version that no package has is better served by a neighbour than by nothing. Canonicals are also compared with their
 * percent encoding undone (`value%5Bx%5D`), as tools disagree about it.
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

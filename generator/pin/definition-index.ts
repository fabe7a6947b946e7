import type { PinnedStructureDefinition } from './snapshot.js';
import { parseCanonical, decodedCanonical } from '../fhir/canonical.js';

/** Finds the pinned definition that a canonical means, `undefined` when it was not resolved. */
export type FindPinned = (canonical: string) => PinnedStructureDefinition | undefined;

/**
 * How a later stage finds what an element or a base refers to.
 *
 * `url|version` means that version where it is pinned, and the last one that is where it is not: a reference with a
 * version that nobody has is better served by a neighbour than by nothing. Canonicals are also compared with their
 * percent encoding undone (`value%5Bx%5D`), as tools disagree about it.
 *
 * @param definitions as pinned: sorted by canonical and version
 */
export function definitionIndex(definitions: Iterable<PinnedStructureDefinition>): FindPinned {
  const found = new Map<string, PinnedStructureDefinition>();
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

import { withoutVersion } from '../fhir/canonical.js';
import { byCodeUnit } from '../order.js';
import type { Unresolved } from './snapshot.js';

/**
 * The unresolved canonicals for the pinned file: each once, however many elements refer to it.
 *
 * @param entries the references, in any order: a canonical with or without `|version`, those that refer to it in any
 *   order
 * @returns sorted by canonical
 */
export function mergeUnresolved(entries: Iterable<Unresolved>): readonly Unresolved[] {
  const merged = new Map<string, { readonly kind: Unresolved['kind']; canonical: string; usedBy: Set<string> }>();
  for (const { kind, canonical, usedBy } of entries) {
    // Another version of a missing definition is not a separate problem.
    const bare = kind === 'package' ? canonical : withoutVersion(canonical);
    const key = `${kind} ${bare}`;
    const entry = merged.get(key) ?? { kind, canonical: bare, usedBy: new Set<string>() };
    for (const user of usedBy) entry.usedBy.add(user);
    merged.set(key, entry);
  }
  return [...merged.values()]
    .map(({ kind, canonical, usedBy }) => ({ canonical, kind, usedBy: [...usedBy].sort(byCodeUnit) }))
    .sort((a, b) => byCodeUnit(a.canonical, b.canonical) || byCodeUnit(a.kind, b.kind));
}
